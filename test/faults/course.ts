/** A clock that goes from `at` on, which was `real` by this machine's, `speed` times as fast. */
export interface Course {
  readonly at: number;
  readonly real: number;
  readonly speed: number;
}

export const nowOn = ({ at, real, speed }: Course): number => Math.floor(at + (Date.now() - real) * speed);
