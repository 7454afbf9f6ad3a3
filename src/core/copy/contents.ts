/* What a copy tells besides the records: who takes part, and the history by which it can be checked. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Audience, Committee, Partner } from '../context.js';
import { directoryTables } from '../directory/tables.js';
import { chainOf, type SealedEntry, walkChain } from '../history.js';
import type { AllianceId, PartnerId, PersonId } from '../ids.js';
import type { Pages } from './row.js';

/** Who a copy is for, and of what. */
export interface Copied {
  readonly alliance: AllianceId;
  readonly name: string;
  readonly audience: Audience;
  readonly own: Partner;
  readonly partners: readonly Partner[];
  /** Closed ones too: their record stays. */
  readonly committees: readonly Committee[];
  /** When it was begun. */
  readonly at: number;
}

export const readCopied = (pages: Pages, audience: Audience, own: PartnerId): Promise<Copied> =>
  pages.read(async ({ directory, now }) => {
    const { alliance } = audience;
    const partners = await directory.partners(alliance);
    const found = partners.find(({ id }) => id === own);
    if (!found) throw new Error('a copy is for a company of the alliance');
    const name = await directory.allianceName(alliance);
    const committees = await directory.committees(alliance, 'all');
    return { alliance, name, audience, own: found, partners, committees, at: now };
  });

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly company: string;
}

const PAGE = 500;

/** Everybody who takes part, by id: names and companies, no addresses. */
export async function* peopleOf(pages: Pages, { partners }: Copied): AsyncGenerator<Person> {
  const names = new Map(partners.map(({ id, name }) => [id as string, name]));
  for (let last = ''; ; ) {
    const from = last;
    const rows = await pages.read(({ db }) => {
      const { members, people } = directoryTables(db);
      return db
        .select({ id: people.id, name: people.name, partner: members.partnerId })
        .from(members)
        .innerJoin(people, eq(people.id, members.personId))
        .where(and(inArray(members.partnerId, [...names.keys()]), gt(people.id, from)))
        .orderBy(asc(people.id))
        .limit(PAGE);
    });
    for (const { id, name, partner } of rows) yield { id: id as PersonId, name, company: names.get(partner) ?? '' };
    if (rows.length < PAGE) return;
    last = rows.at(-1)?.id ?? last;
  }
}

/** The chain that all verify and the company's own one, by the names that a copy gives them. */
export const chainsOf = ({ alliance, own }: Copied): readonly { readonly name: string; readonly id: AllianceId }[] => [
  { name: 'shared', id: alliance },
  { name: own.name, id: chainOf(alliance, own.id) },
];

export const walkHistory = (pages: Pages, chain: AllianceId): AsyncGenerator<SealedEntry> => walkChain(pages, chain);
