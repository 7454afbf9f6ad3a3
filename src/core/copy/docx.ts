/*
 * A copy to be read: a Word document with a chapter for each committee. Written as a stream, since all of it together may
 * be larger than the memory there is.
 */
import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { Committee } from '../context.js';
import { dayOf } from '../days.js';
import { headOf } from '../history.js';
import { type Copied, chainsOf } from './contents.js';
import { dumpAll, type Source } from './pages.js';
import type { Happened, Row, Signature } from './row.js';
import { capital, minute, spoken, spokenFacts, spokenLine, whoOf } from './spoken.js';
import { documentEnd, documentStart, fact, otherParts, paragraph, tableEnd, tableRow, tableStart } from './word.js';

const day = (at: number): string => dayOf(at, 'UTC');

const signed = ({ name, company, at }: Signature): string => `${name}${company ? ` (${company})` : ''} on ${day(at)}`;

const wordingHistory = ({ versions }: Row): string =>
  tableStart(['Wording', 'Text', 'By', 'Why it was changed']) +
  versions.map(({ number, text, by, reason }) => tableRow([String(number), text, signed(by), reason ?? ''])).join('') +
  tableEnd;

const happenedTable = ({ happened }: Row): string =>
  tableStart(['When', 'What', 'By', 'More']) +
  happened
    .map(({ verb, at, by, told }) => tableRow([minute(at), spoken(verb), by ? whoOf(by) : '', spokenLine(told)]))
    .join('') +
  tableEnd;

const happenedLine = ({ verb, at, by, told }: Happened): string =>
  [`${day(at)}: ${spoken(verb)}`, by && `by ${whoOf(by)}`, spokenLine(told) && `(${spokenLine(told)})`]
    .filter(Boolean)
    .join(' ');

const rowPart = (row: Row): string => {
  const present = row.versions[row.versions.length - 1] ?? row.versions[0];
  const [first] = row.versions;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Why', present.because],
    ['Instead of', present.insteadOf],
    ['Status', capital(row.status)],
    ['Recorded by', signed(first.by)],
    ['Confirmed by', present.confirmed.map(signed).join('; ')],
    ['Seen by', row.own === undefined ? undefined : `${row.own} only`],
    ['Said', row.saidAt === undefined ? undefined : day(row.saidAt)],
    ['Message', row.link],
    ...spokenFacts(row.facts),
  ];
  return [
    paragraph(row.label, 'Heading2'),
    paragraph(present.text),
    ...facts.map(([label, text]) => (text ? fact(label, text) : '')),
    row.versions.length > 1 ? wordingHistory(row) : '',
    row.happened.length > 0 ? happenedTable(row) : '',
  ].join('');
};

const briefHeads = ['Record', 'What', 'Status', 'More'];

const briefRow = ({ label, status, versions, facts, happened, own }: Row): string => {
  const { text } = versions[versions.length - 1] ?? versions[0];
  const more = [
    ...(own === undefined ? [] : [`Seen by: ${own} only`]),
    ...spokenFacts(facts).map(([name, value]) => `${name}: ${value}`),
    ...happened.map(happenedLine),
  ];
  return tableRow([label, text, capital(status), more.join('\n')]);
};

/** Records one after the other; brief ones that follow each other stand in one table. */
async function* recordParts(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let inTable = false;
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (row.brief && !inTable) yield tableStart(briefHeads);
    if (!row.brief && inTable) yield tableEnd;
    inTable = row.brief === true;
    yield row.brief ? briefRow(row) : rowPart(row);
  }
  if (inTable) yield tableEnd;
  if (count === 0) yield paragraph('Nothing is recorded for this committee.');
}

async function* committeePart(source: Source, copied: Copied, { id, key, name }: Committee): AsyncGenerator<string> {
  yield paragraph(key === name ? name : `${key} · ${name}`, 'Heading1');
  const seats = await source.read(({ directory }) => directory.seats(id, 'all'));
  const companies = new Map(copied.partners.map((partner) => [partner.id, partner.name]));
  if (seats.length > 0) {
    yield tableStart(['Seat', 'Company', 'Role']);
    for (const { personName, partner, role } of seats)
      yield tableRow([personName, companies.get(partner) ?? '', capital(role)]);
    yield tableEnd;
  }
  yield* recordParts(dumpAll(source, { audience: copied.audience, committee: id }));
}

async function* documentOf(source: Source, copied: Copied): AsyncGenerator<string> {
  const { name, own, at, committees } = copied;
  yield documentStart + paragraph(`The log of ${name}`, 'Title');
  yield paragraph(
    `A copy for ${own.name}, taken on ${day(at)}: everything that all companies share, and what is ${own.name}’s alone. Days are those of UTC.`,
  );
  for (const committee of committees) yield* committeePart(source, copied, committee);
  yield paragraph('How to check this copy', 'Heading1');
  yield paragraph(
    'The history of what was recorded is sealed entry by entry. Two copies whose chains have the same number of entries and the same last hash tell the same.',
  );
  for (const chain of chainsOf(copied)) {
    const head = await source.read(({ db }) => headOf(db, chain.id));
    yield fact(`Chain ${chain.name}`, head ? `${head.seq} entries, last hash ${head.hash}` : 'no entries');
  }
  yield documentEnd;
}

/** A Word document of these pieces of WordprocessingML, compressed as it is written; @throws whatever the pieces throw */
export async function* packDocument(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const add = (name: string): ZipDeflate => {
    const part = new ZipDeflate(name, { level: 6 });
    // The time of a file in it would make two copies of the same differ.
    part.mtime = Date.UTC(2020, 0, 1);
    zip.add(part);
    return part;
  };
  for (const [name, text] of Object.entries(otherParts)) add(name).push(strToU8(text), true);
  const main = add('word/document.xml');
  for await (const text of pieces) {
    main.push(strToU8(text));
    yield* ready;
    ready = [];
  }
  main.push(new Uint8Array(), true);
  zip.end();
  yield* ready;
}

export const docxOf = (source: Source, copied: Copied): AsyncGenerator<Uint8Array> =>
  packDocument(documentOf(source, copied));
