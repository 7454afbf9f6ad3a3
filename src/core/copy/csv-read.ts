/* Reads the spreadsheet of a copy, line by line; everything that is wrong with one is said with its number. */
import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { type Cells, type Column, columns, END, EVERYBODY, openCell } from './csv.js';
import type { Happened, Row, Signature, Version } from './row.js';

/** Why a line cannot be taken. */
export interface Fault {
  readonly line: number;
  readonly text: string;
}

export type Read = { readonly line: number; readonly row: Row } | Fault;

/** No line of ours is longer, and a file that is none of ours must not fill the memory. */
const LINE = 4_000_000;

const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString() === text;

const momentIn = (column: Column) =>
  z
    .string()
    .refine(isMoment, `'${column}' is no moment such as 2026-11-23T09:00:00.000Z`)
    .transform((text) => Date.parse(text));

const countIn = (column: Column) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}$/, `'${column}' is no number from 1 on`)
    .transform(Number);

const jsonIn = <T>(column: Column, schema: z.ZodType<T>) =>
  z.string().transform((text, at): T => {
    try {
      const read = schema.safeParse(JSON.parse(text));
      if (read.success) return read.data;
    } catch {
      // Said below, as for JSON of another shape.
    }
    at.addIssue(`'${column}' is not as a copy writes it`);
    return z.NEVER;
  });

const said = (column: Column) => z.string().min(1, `'${column}' is empty`);

const confirmations = jsonIn(
  'confirmed by',
  z.array(z.tuple([said('confirmed by'), said('confirmed by'), momentIn('confirmed by')])),
);

const happenings = jsonIn(
  'history',
  z.array(
    z.tuple([
      momentIn('history'),
      said('history'),
      z.string().nullable(),
      said('history').nullable(),
      z.record(z.string(), z.string()),
    ]),
  ),
);

const lineSchema = z.object({
  record: said('record'),
  kind: said('kind'),
  number: countIn('number'),
  committee: said('committee'),
  'seen by': said('seen by'),
  status: said('status'),
  version: countIn('version'),
  text: said('text'),
  because: z.string(),
  'instead of': z.string(),
  'changed because': z.string(),
  'written by': said('written by'),
  'written for': z.string(),
  'written at': momentIn('written at'),
  'confirmed by': z
    .string()
    .transform((text) => text || '[]')
    .pipe(confirmations),
  'said at': z.union(
    [z.literal('').transform(() => undefined), momentIn('said at')],
    "'said at' is no moment such as 2026-11-23T09:00:00.000Z",
  ),
  message: z.union(
    [z.literal('').transform(() => undefined), z.url({ protocol: /^https?$/ }).max(1_000)],
    "'message' is no link",
  ),
  more: z
    .string()
    .transform((text) => text || '{}')
    .pipe(jsonIn('more', z.record(z.string(), z.string()))),
  history: z
    .string()
    .transform((text) => text || '[]')
    .pipe(happenings),
});

type Line = z.output<typeof lineSchema>;

const versionOf = (line: Line): Version => ({
  number: line.version,
  text: line.text,
  ...(line.because && { because: line.because }),
  ...(line['instead of'] && { insteadOf: line['instead of'] }),
  ...(line['changed because'] && { reason: line['changed because'] }),
  by: { name: line['written by'], company: line['written for'], at: line['written at'] },
  confirmed: line['confirmed by'].map(([company, name, at]): Signature => ({ company, name, at })),
});

const rowOf = (line: Line): Row => ({
  id: '',
  kind: line.kind,
  label: line.record,
  number: line.number,
  committee: line.committee,
  ...(line['seen by'] !== EVERYBODY && { own: line['seen by'] }),
  status: line.status,
  ...(line['said at'] !== undefined && { saidAt: line['said at'] }),
  ...(line.message !== undefined && { link: line.message }),
  versions: [versionOf(line)],
  facts: line.more,
  happened: line.history.map(
    ([at, verb, company, name, told]): Happened => ({
      ...{ verb, at, told },
      ...(name !== null && { by: { name, company: company ?? '' } }),
    }),
  ),
});

const headFaults = (cells: readonly string[]): string[] => [
  ...cells
    .filter((name) => !(columns as readonly string[]).includes(name))
    .map((name) => `the column '${name}' is not known`),
  ...columns.filter((name) => !cells.includes(name)).map((name) => `the column '${name}' is missing`),
  ...cells
    .filter((name, at) => cells.indexOf(name) < at)
    .map((name) => `the column '${name}' stands there more than once`),
];

/** True when two lines tell the same record apart from the wording. */
const sameRecord = ({ versions: _a, happened: _h, ...a }: Row, { versions: _b, happened: _i, ...b }: Row): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

interface Raw {
  readonly line: number;
  readonly cells: readonly string[];
}

/** @throws CsvError for a file that breaks off */
async function* rawLines(path: string): AsyncGenerator<Raw> {
  const parser = createReadStream(path).pipe(
    parse({ bom: true, info: true, relax_column_count: true, max_record_size: LINE, skip_empty_lines: true }),
  );
  let line = 1;
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    yield { line, cells: record };
    line = info.lines + 1;
  }
}

const CUT = 'the file was cut off: its last line, which counts the others, is missing. Take the copy again';

const brokenAt = (error: unknown, line: number): Fault => {
  if (!(error instanceof CsvError)) throw error;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return { line, text: CUT };
  if (error.code === 'CSV_MAX_RECORD_SIZE') return { line, text: 'this line is longer than any that a copy holds' };
  return { line, text: `this is no CSV (${error.code})` };
};

/** Lines one after the other, parsed, the last line checked. */
async function* parsedLines(path: string): AsyncGenerator<{ readonly line: number; readonly is: Line } | Fault> {
  let head: readonly string[] | undefined;
  let count = 0;
  let ended = false;
  let last = 1;
  try {
    for await (const { line, cells } of rawLines(path)) {
      last = line;
      if (!head) {
        head = cells;
        const faults = headFaults(cells);
        for (const text of faults) yield { line, text };
        if (faults.length > 0) return;
        continue;
      }
      if (ended) {
        yield { line, text: 'this stands after the last line of the copy' };
        continue;
      }
      const named = Object.fromEntries(head.map((name, index) => [name, openCell(cells[index] ?? '')])) as Cells;
      if (named.record === END) {
        ended = true;
        if (Number(named.number) !== count)
          yield {
            line,
            text: `the copy had ${named.number} lines, and here are ${count}: some were taken out or put in`,
          };
        continue;
      }
      count += 1;
      if (cells.length !== head.length) {
        yield { line, text: `it has ${cells.length} cells instead of ${head.length}` };
        continue;
      }
      const read = lineSchema.safeParse(named);
      if (read.success) yield { line, is: read.data };
      else for (const text of new Set(read.error.issues.map(({ message }) => message))) yield { line, text };
    }
  } catch (error) {
    yield brokenAt(error, last + 1);
    return;
  }
  if (!head) yield { line: 1, text: 'the file is empty' };
  else if (!ended) yield { line: last, text: CUT };
}

/** Records in the order of the file, each with the line that it begins at, and every fault. */
export async function* readCsv(path: string): AsyncGenerator<Read> {
  let open: { readonly line: number; row: Row } | undefined;
  for await (const one of parsedLines(path)) {
    if (!('is' in one)) {
      yield one;
      continue;
    }
    const row = rowOf(one.is);
    const [version] = row.versions;
    if (open?.row.label === row.label && open.row.own === row.own) {
      if (!sameRecord(open.row, row))
        yield { line: one.line, text: `${row.label} is told differently than in the line before` };
      if (version.number !== open.row.versions.length + 1)
        yield { line: one.line, text: `wording ${open.row.versions.length + 1} of ${row.label} is missing` };
      const [first, ...rest] = open.row.versions;
      open.row = { ...open.row, versions: [first, ...rest, version] };
      continue;
    }
    if (open) yield open;
    if (version.number !== 1) yield { line: one.line, text: `wording 1 of ${row.label} is missing` };
    open = { line: one.line, row };
  }
  if (open) yield open;
}
