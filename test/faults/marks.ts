import { asc, eq } from 'drizzle-orm';
import type { Db } from '../../src/core/db/store.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import { historyTables } from '../../src/core/tables.js';
import { allianceTables } from '../../src/features/alliances/tables.js';
import { decisionTables } from '../../src/features/decisions/tables.js';
import type { Marks } from './ledger.js';

export type Entry = ReturnType<typeof historyTables>['history']['$inferSelect'];

export const readHistory = (db: Db): Promise<Entry[]> => {
  const { history } = historyTables(db);
  return db.select().from(history).orderBy(asc(history.allianceId), asc(history.seq));
};

const namesIn = async (db: Db): Promise<(id: unknown) => string> => {
  const { people, committees, alliances, partners } = directoryTables(db);
  const rows = [
    ...(await db.select({ id: people.id, name: people.name }).from(people)),
    ...(await db.select({ id: committees.id, name: committees.key }).from(committees)),
    ...(await db.select({ id: alliances.id, name: alliances.name }).from(alliances)),
    ...(await db.select({ id: partners.id, name: partners.name }).from(partners)),
  ];
  const names = new Map(rows.map(({ id, name }) => [id, name] as const));
  return (id) => names.get(String(id)) ?? String(id ?? '-');
};

/** What somebody did, in the words in which they asked for it; nothing for what follows by itself. */
const markOf = (entry: Entry, nameOf: (id: unknown) => string, numbers: ReadonlyMap<string, number>) => {
  const { feature, verb, detail, personId, subjectId } = entry;
  const by = `by ${nameOf(personId)}`;
  const { key, internal, person, committee, role, untilOn, name, partner } = detail;
  switch (`${feature} ${verb}`) {
    case 'committees added':
      return `added ${key} ${by}`;
    case 'committees bound':
      return `bound ${nameOf(subjectId)}${internal ? ' internal' : ''} ${by}`;
    case 'committees unbound':
      return `unbound ${by}`;
    case 'seats seated':
    case 'seats changed':
      return `seated ${nameOf(person)} as ${role} on ${nameOf(committee)} until ${untilOn ?? '-'} ${by}`;
    case 'seats unseated':
      return `unseated ${nameOf(person)} from ${nameOf(committee)} ${by}`;
    case 'seats professional':
      return `professional ${nameOf(person)} ${by}`;
    case 'alliances set-up':
      return `set up ${name}`;
    case 'decisions confirmed':
      return `confirmed D-${numbers.get(`${subjectId} ${partner}`)} for ${nameOf(partner)}`;
    default:
      return undefined;
  }
};

const joinMarks = async (db: Db, nameOf: (id: unknown) => string): Promise<string[]> => {
  const { joins } = allianceTables(db);
  return (await db.select().from(joins)).flatMap(({ allianceId, workspace, state }) => {
    const mark = (verb: string) => `${verb} ${nameOf(allianceId)} from ${workspace}`;
    if (state === 'asked') return [mark('asked')];
    return [mark('asked'), mark(state === 'confirmed' ? 'joined' : state)];
  });
};

/** Everything that a database holds of what people asked for, as a ledger names it. */
export const readMarks = async (db: Db, history: readonly Entry[]): Promise<Marks> => {
  const { decisions, wordings, confirmations } = decisionTables(db);
  const nameOf = await namesIn(db);
  // Of those whose confirmation stands, not only its trace in the history.
  const confirmed = await db
    .select({ id: decisions.id, number: decisions.number, partner: confirmations.partnerId })
    .from(decisions)
    .innerJoin(confirmations, eq(confirmations.decisionId, decisions.id));
  const numbers = new Map(confirmed.map(({ id, number, partner }) => [`${id} ${partner}`, number] as const));
  const texts = await db.select({ text: wordings.text }).from(wordings).where(eq(wordings.revision, 1));
  const marks = [
    ...texts.map(({ text }) => `decision ${text}`),
    ...history.flatMap((entry) => markOf(entry, nameOf, numbers) ?? []),
    ...(await joinMarks(db, nameOf)),
  ];
  const counts = new Map<string, number>();
  for (const mark of marks) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
};
