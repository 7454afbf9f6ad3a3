/* What the names in a copy stand for in the alliance that takes it back. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Committee, Partner } from '../context.js';
import { keptNameId } from '../directory/kept-names.js';
import { directoryTables } from '../directory/tables.js';
import type { AllianceId, PartnerId, PersonId } from '../ids.js';
import { peopleIn } from './facts.js';
import type { Pages, Placed, Row, Signature } from './row.js';

export interface Placing {
  /** Committees and companies that the alliance does not have, in words. */
  refuse(row: Row): readonly string[];
  /** Looks up everybody whom these rows name; before `place`. */
  meet(rows: readonly Row[]): Promise<void>;
  place(row: Row, record: Placed['record']): Placed;
  /** Whom nobody here is, by the id under which the name is kept. */
  readonly strangers: ReadonlyMap<PersonId, Signature>;
  /** The company whose alone the row is. */
  ownerOf(row: Row): PartnerId | undefined;
}

type Who = Pick<Signature, 'name' | 'company'>;

const keyOf = ({ name, company }: Who): string => `${company}\n${name}`;

const everybodyIn = ({ versions, facts, happened }: Row): readonly Who[] => [
  ...versions.flatMap(({ by, confirmed }) => [by, ...confirmed]),
  ...peopleIn(facts),
  ...happened.flatMap(({ by, told }) => [...(by ? [by] : []), ...peopleIn(told)]),
];

/** The one person of a company who is called so; of several nobody knows which is meant. */
const findMember = async (pages: Pages, partner: PartnerId, name: string): Promise<PersonId | undefined> => {
  const rows = await pages.read(({ db }) => {
    const { members, people } = directoryTables(db);
    return db
      .select({ id: people.id })
      .from(members)
      .innerJoin(people, eq(people.id, members.personId))
      .where(and(eq(members.partnerId, partner), inArray(people.name, [name])))
      .limit(2);
  });
  return rows.length === 1 ? (rows[0]?.id as PersonId) : undefined;
};

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`${what} was not looked at`);
  return value;
};

export const placingOf = async (pages: Pages, alliance: AllianceId): Promise<Placing> => {
  const { partners, committees } = await pages.read(async ({ directory }) => ({
    partners: new Map((await directory.partners(alliance)).map((one): [string, Partner] => [one.name, one])),
    committees: new Map(
      (await directory.committees(alliance, 'all')).map((one): [string, Committee] => [one.key, one]),
    ),
  }));
  const known = new Map<string, PersonId>();
  const strangers = new Map<PersonId, Signature>();
  const ownerOf = ({ own }: Row): PartnerId | undefined => (own === undefined ? undefined : partners.get(own)?.id);
  const partnerOf = (name: string): PartnerId => found(partners.get(name), 'a company').id;

  const meetOne = async (who: Who): Promise<void> => {
    const key = keyOf(who);
    if (known.has(key)) return;
    const partner = partners.get(who.company)?.id;
    const member = partner && (await findMember(pages, partner, who.name));
    const id = member ?? keptNameId(partner ?? '', who.name);
    known.set(key, id);
    if (!member) strangers.set(id, { ...who, at: 0 });
  };

  return {
    strangers,
    ownerOf,
    refuse: (row) => {
      const first = row.versions[0].by.company;
      const companies = [
        ...(row.own === undefined ? [] : [row.own]),
        first,
        ...everybodyIn(row).map((who) => who.company),
      ];
      const unknown = [...new Set(companies)].filter((name) => name !== '' && !partners.has(name));
      return [
        ...(committees.has(row.committee) ? [] : [`there is no committee ${row.committee}. Add it first`]),
        ...unknown.map((name) => `there is no company ${name} in this alliance`),
        ...(first === '' ? ["'written for' must name the company that recorded it"] : []),
      ];
    },
    meet: async (rows) => {
      for (const row of rows) for (const who of everybodyIn(row)) await meetOne(who);
    },
    place: (row, record) => {
      const own = ownerOf(row);
      return {
        alliance,
        committee: found(committees.get(row.committee), 'a committee').id,
        ...(own !== undefined && { own }),
        partner: partnerOf,
        person: (who) => found(known.get(keyOf(who)), 'a person'),
        record,
      };
    },
  };
};
