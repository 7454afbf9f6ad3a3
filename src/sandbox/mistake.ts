/** A control request that cannot be carried out; answered with `status` and its sentence. */
export class Mistake extends Error {
  constructor(
    readonly status: 400 | 404 | 408,
    sentence: string,
  ) {
    super(sentence);
    this.name = 'Mistake';
  }
}

/** The value, or a 404 that names what is missing. */
export const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Mistake(404, `There is no ${what}.`);
  return value;
};
