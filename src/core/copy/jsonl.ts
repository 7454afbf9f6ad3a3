/*
 * A copy for machines: one thing a line. Records come before the history, so that the history tells of everything that
 * the records say.
 */

import { type Copied, chainsOf, peopleOf, walkHistory } from './contents.js';
import { dumpAll, type Source } from './pages.js';

export const FORMAT = 'entente/1';

const line = (what: string, of: object): string => `${JSON.stringify({ what, ...of })}\n`;

const moment = (at: number): string => new Date(at).toISOString();

async function* directoryLines(source: Source, copied: Copied): AsyncGenerator<string> {
  for (const { id, name } of copied.partners) yield line('company', { id, name });
  for await (const person of peopleOf(source, copied)) yield line('person', person);
  const keys = new Map(copied.committees.map(({ id, key }) => [id as string, key]));
  for (const { id, key, name, parent, closedAt } of copied.committees) {
    const under = parent === undefined ? undefined : keys.get(parent);
    yield line('committee', { id, key, name, under, ...(closedAt !== undefined && { closedAt: moment(closedAt) }) });
    const seats = await source.read(({ directory }) => directory.seats(id, 'all'));
    for (const { person, personName, role, fromOn, untilOn, standsFor } of seats)
      yield line('seat', { committee: key, person, name: personName, role, fromOn, untilOn, standsFor });
  }
}

/** Every field that the hash covers, in the words of the table. */
async function* historyLines(source: Source, copied: Copied): AsyncGenerator<string> {
  for (const { name, id } of chainsOf(copied)) {
    let head = { seq: 0, hash: '' };
    for await (const { alliance, seq, at, person, subject, verb, detail, hash } of walkHistory(source, id)) {
      head = { seq, hash };
      const entry = { seq, at, person: person ?? null, feature: subject.feature, subject: subject.id, verb, detail };
      yield line('history', { chain: name, chainId: alliance, ...entry, hash });
    }
    yield line('head', { chain: name, ...head });
  }
}

export async function* jsonLinesOf(source: Source, copied: Copied): AsyncGenerator<string> {
  const { name, own, audience, at, alliance } = copied;
  yield line('copy', { format: FORMAT, alliance: name, allianceId: alliance, for: own.name, begunAt: moment(at) });
  yield* directoryLines(source, copied);
  let records = 0;
  for await (const { kind, ...row } of dumpAll(source, { audience })) {
    records += 1;
    yield line(kind, row);
  }
  yield* historyLines(source, copied);
  yield line('end', { records });
}
