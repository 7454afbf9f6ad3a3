/* Medians, and how the results are written down. */

export interface Row {
  readonly what: string;
  readonly bare: string;
  readonly entente: string;
  /** Entente's share of what bare does; empty where there is nothing to compare with. */
  readonly ratio: string;
  readonly goal: string;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const rounded = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(2);

export const tableOf = (rows: readonly Row[]): string =>
  [
    '| what | bare | Entente | ratio | goal |',
    '|---|---|---|---|---|',
    ...rows.map(({ what, bare, entente, ratio, goal }) => `| ${what} | ${bare} | ${entente} | ${ratio} | ${goal} |`),
  ].join('\n');
