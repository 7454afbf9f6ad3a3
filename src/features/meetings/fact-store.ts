/* Rows as the facts of a copy, by their shapes, and back. People and companies stand in them by their ids. */
import { momentIn, momentText } from '../../core/copy/facts.js';
import type { Placed } from '../../core/copy/row.js';
import { companyKey, type Facts, groupShapes, keyOf, type Noun, type Shape } from './copied-rules.js';

export type Columns = Readonly<Record<string, unknown>>;

const spoken = (value: unknown, kind: Shape[string][1]): string => {
  if (kind === 'moment') return momentText(Number(value));
  if (kind === 'flag') return value === true ? 'yes' : 'no';
  return String(value);
};

/** Without those that are null or not there. */
export const factsBy = (shape: Shape, row: Columns, prefix = ''): Facts => {
  const facts: Record<string, string> = {};
  for (const [name, [column, kind, company]] of Object.entries(shape)) {
    const value = row[column];
    if (value === null || value === undefined) continue;
    const key = keyOf(prefix, name);
    facts[key] = spoken(value, kind);
    if (kind === 'person') facts[companyKey(key)] = company === undefined ? '' : String(row[company] ?? '');
  }
  return facts;
};

/** Of a group of rows that are told under a noun with their numbers. */
export const factsOf = (noun: string, shape: Shape, rows: readonly Columns[]): Facts =>
  Object.assign({}, ...rows.map((row, at) => factsBy(shape, row, `${noun} ${at + 1}`)));

export const groupFacts = (noun: Noun, rows: readonly Columns[]): Facts => factsOf(noun, groupShapes[noun], rows);

const columnOf = (text: string, kind: Shape[string][1]): unknown => {
  if (kind === 'moment') return momentIn(text) ?? 0;
  if (kind === 'number') return Number(text);
  return kind === 'flag' ? text === 'yes' : text;
};

/** The other way, of names; nothing where nothing of it is told. */
export const columnsBy = (shape: Shape, facts: Facts, placed: Placed, prefix = ''): Columns | undefined => {
  const row: Record<string, unknown> = {};
  let told = false;
  for (const [name, [column, kind, company]] of Object.entries(shape)) {
    const key = keyOf(prefix, name);
    const text = facts[key];
    row[column] = text === undefined ? null : columnOf(text, kind);
    if (text === undefined) continue;
    told = true;
    if (kind !== 'person') continue;
    const of = facts[companyKey(key)] ?? '';
    row[column] = placed.person({ name: text, company: of, at: 0 });
    if (company !== undefined) row[company] = of && placed.partner(of);
  }
  return told ? row : undefined;
};

export const columnsIn = (noun: string, shape: Shape, facts: Facts, placed: Placed): readonly Columns[] => {
  const rows: Columns[] = [];
  for (let at = 1; ; at += 1) {
    const row = columnsBy(shape, facts, placed, `${noun} ${at}`);
    if (!row) return rows;
    rows.push(row);
  }
};

export const groupColumns = (noun: Noun, facts: Facts, placed: Placed): readonly Columns[] =>
  columnsIn(noun, groupShapes[noun], facts, placed);
