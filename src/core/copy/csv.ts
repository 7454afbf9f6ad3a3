/*
 * The spreadsheet of a copy, which import reads back: one line for each wording of each record, and a last line that
 * counts them, so that a file that was cut off is known as one. RFC 4180; UTF-8 with the mark that Excel looks for.
 */
import { stringify } from 'csv-stringify/sync';
import type { Row, Signature, Version } from './row.js';

export const MARK = '\ufeff';

/** In this order, in the first line. */
export const columns = [
  'record',
  'kind',
  'number',
  'committee',
  'seen by',
  'status',
  'version',
  'text',
  'because',
  'instead of',
  'changed because',
  'written by',
  'written for',
  'written at',
  'confirmed by',
  'said at',
  'message',
  'more',
  'history',
] as const;

export type Column = (typeof columns)[number];
export type Cells = Readonly<Record<Column, string>>;

/** Who reads a record that all companies share. */
export const EVERYBODY = 'all';
/** The first cell of the last line; the third one counts the lines before it. */
export const END = 'end of copy';

/** What spreadsheets take for a formula, and our own sign against that. */
const RISKY = /^[=+\-@\t\r']/;

/** Begins with a quote that spreadsheets show or hide, and that `openCell` takes away again. */
export const closeCell = (text: string): string => (RISKY.test(text) ? `'${text}` : text);
export const openCell = (text: string): string => (text.startsWith("'") ? text.slice(1) : text);

const moment = (at: number): string => new Date(at).toISOString();

const signed = ({ company, name, at }: Signature): readonly string[] => [company, name, moment(at)];

const happenedIn = ({ happened }: Row): string =>
  happened.length > 0
    ? JSON.stringify(happened.map(({ verb, at, by, told }) => [moment(at), verb, by?.company, by?.name, told]))
    : '';

const cellsOf = (row: Row, version: Version): Cells => ({
  record: row.label,
  kind: row.kind,
  number: String(row.number),
  committee: row.committee,
  'seen by': row.own ?? EVERYBODY,
  status: row.status,
  version: String(version.number),
  text: version.text,
  because: version.because ?? '',
  'instead of': version.insteadOf ?? '',
  'changed because': version.reason ?? '',
  'written by': version.by.name,
  'written for': version.by.company,
  'written at': moment(version.by.at),
  'confirmed by': version.confirmed.length > 0 ? JSON.stringify(version.confirmed.map(signed)) : '',
  'said at': row.saidAt === undefined ? '' : moment(row.saidAt),
  message: row.link ?? '',
  more: Object.keys(row.facts).length > 0 ? JSON.stringify(row.facts) : '',
  // Long, and the record's: once is enough.
  history: version.number === 1 ? happenedIn(row) : '',
});

const lineOf = (cells: readonly string[]): string =>
  stringify([cells.map(closeCell)], { record_delimiter: '\r\n', quoted_match: /[\r\n]|^\s|\s$/ });

export const headLine = (): string => `${MARK}${lineOf(columns)}`;

export const rowLines = (row: Row): string =>
  row.versions
    .map((version) => {
      const cells = cellsOf(row, version);
      return lineOf(columns.map((column) => cells[column]));
    })
    .join('');

export const endLine = (lines: number): string =>
  lineOf(columns.map((column) => (column === 'record' ? END : column === 'number' ? String(lines) : '')));

/** @throws whatever the rows throw */
export async function* csvOf(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let lines = 0;
  yield headLine();
  for await (const row of rows) {
    lines += row.versions.length;
    yield rowLines(row);
  }
  yield endLine(lines);
}
