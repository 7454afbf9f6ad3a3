/* Decisions as a copy holds them, page by page. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Read } from '../../core/context.js';
import type { Asked, Pages, Row, Signature, Version } from '../../core/copy/row.js';
import type { Db } from '../../core/db/store.js';
import { partnerOfKeptName } from '../../core/directory/kept-names.js';
import type { AllianceId, PersonId } from '../../core/ids.js';
import { nameIn } from '../../core/sentences.js';
import { ownerIn, readableBy, type Visibility } from '../../core/visibility.js';
import { labelOf } from './rules.js';
import { decisionTables } from './tables.js';

const PAGE = 500;

type Tables = ReturnType<typeof decisionTables>;
type DecisionRow = Tables['decisions']['$inferSelect'];
type WordingRow = Tables['wordings']['$inferSelect'];
type ConfirmationRow = Tables['confirmations']['$inferSelect'];

/** The last one of the page before: shared ones come before each company's own. */
interface After {
  readonly visibility: string;
  readonly number: number;
}

const listDecisions = (db: Db, visibility: string, { audience, committee, ids }: Asked, after: number) => {
  const { decisions } = decisionTables(db);
  return db
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.allianceId, audience.alliance),
        readableBy(decisions.visibility, ownerIn(audience)),
        eq(decisions.visibility, visibility),
        gt(decisions.number, after),
        committee === undefined ? undefined : eq(decisions.committeeId, committee),
        ids === undefined ? undefined : inArray(decisions.id, [...ids]),
      ),
    )
    .orderBy(asc(decisions.number))
    .limit(PAGE);
};

const groupedBy = <T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
};

/** Names as the page needs them. */
interface Names {
  sign(person: string, at: number, company?: string): Signature;
  company(id: string): string;
  committee(id: string): string;
}

const companiesOf = async (
  { directory }: Read,
  alliance: AllianceId,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, string>> => {
  const found = new Map<PersonId, string>();
  for (const person of people) {
    const partner = await directory.partnerOf(alliance, person);
    if (partner) found.set(person, partner.name);
  }
  return found;
};

const namesFor = async (read: Read, alliance: AllianceId, people: readonly string[]): Promise<Names> => {
  const { directory } = read;
  const ids = [...new Set(people)] as PersonId[];
  const names = await directory.names(ids);
  const companies = await companiesOf(read, alliance, ids);
  const partners = new Map((await directory.partners(alliance)).map(({ id, name }) => [id as string, name]));
  const committees = new Map((await directory.committees(alliance, 'all')).map(({ id, key }) => [id as string, key]));
  return {
    sign: (person, at, company) => ({
      name: nameIn(names, person as PersonId),
      company: company ?? companies.get(person as PersonId) ?? partners.get(partnerOfKeptName(person) ?? '') ?? '',
      at,
    }),
    company: (id) => partners.get(id) ?? '',
    committee: (id) => committees.get(id) ?? '',
  };
};

const versionOf = (
  row: WordingRow,
  decision: DecisionRow,
  confirmations: readonly ConfirmationRow[],
  names: Names,
): Version => ({
  number: row.revision,
  text: row.text,
  ...(row.because !== null && { because: row.because }),
  ...(row.insteadOf !== null && { insteadOf: row.insteadOf }),
  ...(row.reason !== null && { reason: row.reason }),
  by: names.sign(row.personId, row.at, row.revision === 1 ? names.company(decision.recordedFor) : undefined),
  confirmed: confirmations
    .filter(({ revision }) => revision === row.revision)
    .map(({ partnerId, personId, at }) => names.sign(personId, at, names.company(partnerId)))
    .sort((a, b) => a.at - b.at || (a.company < b.company ? -1 : 1)),
});

const factsOf = ({ withdrawnBy, withdrawnAt }: DecisionRow, names: Names): Record<string, string> => {
  if (withdrawnBy === null || withdrawnAt === null) return {};
  const { name, company } = names.sign(withdrawnBy, withdrawnAt);
  return { withdrawnBy: name, withdrawnFor: company, withdrawnAt: new Date(withdrawnAt).toISOString() };
};

interface Parts {
  readonly wordings: readonly WordingRow[];
  readonly confirmations: readonly ConfirmationRow[];
}

const rowOf = (decision: DecisionRow, parts: Parts, names: Names, { audience }: Asked): Row | undefined => {
  const [first, ...rest] = parts.wordings.map((one) => versionOf(one, decision, parts.confirmations, names));
  if (!first) return undefined;
  const { id, number, link, saidAt } = decision;
  const visibility = decision.visibility as Visibility;
  return {
    id,
    kind: 'decision',
    label: labelOf({ number, visibility }),
    number,
    committee: names.committee(decision.committeeId),
    ...(visibility && { own: names.company(visibility) }),
    status: decision.status,
    ...(saidAt !== null && { saidAt }),
    ...(link !== null && audience.own === decision.recordedFor && { link }),
    versions: [first, ...rest],
    facts: factsOf(decision, names),
  };
};

interface Page {
  readonly rows: readonly Row[];
  /** The number to go on after; none at the end. */
  readonly last?: number;
}

const readPage = async (read: Read, asked: Asked, { visibility, number }: After): Promise<Page> => {
  const { db } = read;
  const { wordings, confirmations } = decisionTables(db);
  const rows = await listDecisions(db, visibility, asked, number);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { rows: [] };
  const worded = await db
    .select()
    .from(wordings)
    .where(inArray(wordings.decisionId, ids))
    .orderBy(asc(wordings.decisionId), asc(wordings.revision));
  const confirmed = await db
    .select()
    .from(confirmations)
    .where(inArray(confirmations.decisionId, ids))
    .orderBy(asc(confirmations.decisionId), asc(confirmations.at), asc(confirmations.partnerId));
  const people = [...worded, ...confirmed].map(({ personId }) => personId);
  const withdrew = rows.flatMap(({ withdrawnBy }) => withdrawnBy ?? []);
  const names = await namesFor(read, asked.audience.alliance, [...people, ...withdrew]);
  const wordingsOf = groupedBy(worded, (row) => row.decisionId);
  const confirmationsOf = groupedBy(confirmed, (row) => row.decisionId);
  const whole = rows.flatMap((row) => {
    const parts = { wordings: wordingsOf.get(row.id) ?? [], confirmations: confirmationsOf.get(row.id) ?? [] };
    return rowOf(row, parts, names, asked) ?? [];
  });
  return { rows: whole, last: rows.at(-1)?.number };
};

/** In the order of their numbers; those of one company alone after those that all share. */
export async function* dumpDecisions(pages: Pages, asked: Asked): AsyncGenerator<Row> {
  const own = ownerIn(asked.audience);
  for (const visibility of own ? ['', own] : ['']) {
    for (let number = 0; ; ) {
      const after: After = { visibility, number };
      const { rows, last } = await pages.read((read) => readPage(read, asked, after));
      yield* rows;
      if (last === undefined) break;
      number = last;
    }
  }
}
