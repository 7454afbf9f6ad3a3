/**
 * A clock that goes from `at` on, which was `real` by this machine's, `speed` times as fast; at `until` it stands still, so
 * that what a slow machine is late with does not come late.
 */
export interface Course {
  readonly at: number;
  readonly real: number;
  readonly speed: number;
  readonly until: number;
}

export const nowOn = ({ at, real, speed, until }: Course): number =>
  Math.min(until, Math.floor(at + (Date.now() - real) * speed));
