/*
 * A world: companies with their chats and people, the alliances between them, and rooms that some of them read.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Role } from '../../src/core/context.js';
import { momentOf } from '../../src/core/days.js';
import type { Tx } from '../../src/core/db/store.js';
import { insertAlliance, insertPartner, joinWorkspace } from '../../src/core/directory/alliances.js';
import { insertChannel } from '../../src/core/directory/channels.js';
import { insertCommittee } from '../../src/core/directory/committees.js';
import { ensureMember, ensurePerson } from '../../src/core/directory/people.js';
import { saveSeat } from '../../src/core/directory/seats.js';
import { directoryTables } from '../../src/core/directory/tables.js';
import type { AllianceId, ChannelId, CommitteeId, PartnerId, PersonId, PlatformId } from '../../src/core/ids.js';
import type { Subject } from '../../src/core/view.js';
import { createWork } from '../../src/core/work.js';
import { insertItem } from '../../src/features/meetings/agenda-store.js';
import type { Meeting } from '../../src/features/meetings/rules.js';
import { insertMeeting, insertSeries } from '../../src/features/meetings/store.js';
import { internalSubject, itemSubject, subjectOf } from '../../src/features/meetings/views.js';
import type { Side } from './secrets.js';
import { accountKey, type Inhabitant, type Room, roomKey, type Town } from './town.js';

const roles: readonly (Role | undefined)[] = [
  'co-chair',
  'member',
  'member',
  'alternate',
  'alliance professional',
  'observer',
  'guest',
  undefined,
];

const company = fc.record({
  platform: fc.constantFrom<PlatformId>('slack', 'teams'),
  /** The roles of its people beside the one who runs the alliance. */
  roles: fc.array(fc.constantFrom(...roles), { minLength: 1, maxLength: 2 }),
});

export const worldSpec = fc.array(company, { minLength: 2, maxLength: 4 }).chain((companies) =>
  fc.record({
    companies: fc.constant(companies),
    /** Which of them are in each alliance; whoever is in none is a stranger to Entente. */
    alliances: fc.array(fc.subarray([...companies.keys()], { minLength: 2 }), { minLength: 1, maxLength: 2 }),
    committees: fc.constantFrom(['JSC'], ['JSC', 'JDC']),
  }),
);

export type WorldSpec = typeof worldSpec extends fc.Arbitrary<infer T> ? T : never;

interface Company {
  readonly side: Side;
  readonly platform: PlatformId;
  readonly workspace: string;
  readonly people: { readonly id: PersonId; readonly account: Inhabitant; readonly role?: Role }[];
}

export interface World {
  readonly companies: readonly Company[];
  readonly people: readonly Inhabitant[];
  readonly rooms: readonly Room[];
  /** The companies' own lanes, as they were bound. */
  readonly lanes: readonly Room[];
  /** What is to be decided in meetings. */
  readonly questions: readonly Question[];
  /** By alliance: whose it is. */
  readonly sides: Map<string, ReadonlySet<Side>>;
}

/** An item of a meeting that is to come, and each company's own preparation of that. */
export interface Question {
  readonly key: string;
  readonly alliance: AllianceId;
  readonly meeting: Meeting;
  /** Everybody of the alliance's companies. */
  readonly people: readonly Company['people'][number][];
  readonly item: Subject;
  readonly internal: readonly Subject[];
}

let worlds = 0;

interface Builder {
  readonly town: Town;
  readonly tx: Tx;
  readonly name: string;
  readonly people: Inhabitant[];
  readonly rooms: Room[];
  readonly lanes: Room[];
  readonly questions: Question[];
}

const addPerson = (at: Builder, who: Inhabitant): Inhabitant => {
  at.town.people.set(accountKey(who.account), who);
  at.people.push(who);
  return who;
};

const addRoom = (at: Builder, home: Company, what: string, sides: readonly Side[]): Room => {
  const secret = at.town.secrets.make({ kind: 'company', side: home.side, internal: false });
  const room: Room = {
    platform: home.platform,
    workspace: home.workspace,
    conversation: `C${home.side}-${what}`,
    owner: home.side,
    name: what.startsWith('lane') ? `lane ${secret}` : what,
    sides: new Set([home.side, ...sides]),
  };
  at.town.rooms.set(roomKey(room), room);
  at.rooms.push(room);
  return room;
};

const sideOf = (at: Pick<Builder, 'name'>, index: number): Side => `${at.name}c${index}`;

const settleCompany = async (at: Builder, spec: WorldSpec, index: number): Promise<Company> => {
  const { platform, roles: held } = spec.companies[index] as WorldSpec['companies'][number];
  const side = sideOf(at, index);
  const guestSide = sideOf(at, (index + 1) % spec.companies.length);
  const allies = spec.alliances.filter((among) => among.includes(index)).flat();
  const sides = new Set([index, ...allies].map((one) => sideOf(at, one)));
  const home: Company = { side, platform, workspace: `T${side}`, people: [] };
  for (const [n, role] of (['co-chair', ...held] as const).entries()) {
    const account = { platform, workspace: home.workspace, user: `U${side}p${n}` };
    // Whoever is let in as a guest is told whom to ask.
    const told = n === 0 ? [...sides, `${side}guest`, guestSide] : sides;
    const name = `Person ${at.town.secrets.make({ kind: 'sides', sides: new Set(told) })}`;
    const profile = { name, workspace: home.workspace, guest: false };
    const who = addPerson(at, { account, side, profile });
    const id = await ensurePerson(at.tx, account, profile, randomUUID);
    home.people.push({ id, account: who, ...(role && { role }) });
  }
  // Works there and was never met; a guest of nobody; somebody whose company takes part in nothing.
  const someone = (user: string, more: Partial<Inhabitant['profile']>, of: Side): Inhabitant =>
    addPerson(at, {
      account: { platform, workspace: more.workspace ?? home.workspace, user },
      side: of,
      profile: { name: user, workspace: home.workspace, guest: false, ...more },
    });
  someone(`U${side}new`, {}, side);
  someone(`U${side}guest`, { guest: true }, `${side}guest`);
  someone(`U${side}else`, { workspace: `T${side}else` }, `${side}else`);
  return home;
};

/** Somebody of `home` who is let into the workspace of `host` too, and has linked the two accounts. */
const linkGuest = async (at: Builder, host: Company, home: Company): Promise<void> => {
  const [person] = home.people;
  if (!person) return;
  const account = { platform: host.platform, workspace: host.workspace, user: `U${host.side}of${home.side}` };
  const profile = { name: person.account.profile.name, workspace: host.workspace, guest: true };
  addPerson(at, { account, side: home.side, profile });
  await at.tx.insert(directoryTables(at.tx).identities).values({ ...account, personId: person.id, detail: {} });
};

const bind = async (at: Builder, room: Room, committee: CommitteeId, partner: PartnerId, internal: boolean) => {
  const { platform, workspace, conversation } = room;
  const shared = room.sides.size > 1;
  const id = randomUUID() as ChannelId;
  const place = { id, platform, workspace, conversation, detail: {}, name: room.name };
  await insertChannel(at.tx, { ...place, committee, partner, shared, internal, surveyedAt: at.town.clock.at });
  if (internal) at.lanes.push(room);
};

interface Convened {
  readonly alliance: AllianceId;
  readonly committee: CommitteeId;
  readonly key: string;
  readonly partners: ReadonlyMap<Side, PartnerId>;
  readonly people: Question['people'];
  readonly chair: PersonId;
}

const workOf = (at: Builder, alliance: AllianceId) =>
  createWork({
    ...{ tx: at.tx, now: at.town.clock.at, newId: randomUUID, derive: () => new Uint8Array(32), alliance },
    feature: 'meetings',
    features: new Map(at.town.features.map((one) => [one.name, one])),
  });

const STARTS = '2026-12-11T14:00';

/** A meeting with something to decide, on its card in all channels and on each company's own in its lanes. */
const convene = async (at: Builder, { alliance, committee, key, partners, people, chair }: Convened): Promise<void> => {
  const { tx, town } = at;
  const [createdFor] = partners.values();
  if (!createdFor) return;
  const work = workOf(at, alliance);
  const about = { alliance, committee, minutes: 90, sequence: 0, zone: 'Europe/Zurich', changedAt: town.clock.at };
  const series = { ...about, id: randomUUID(), startsAt: STARTS, createdBy: chair, createdFor };
  await insertSeries(tx, { ...series, createdAt: town.clock.at });
  const id = randomUUID();
  const number = await work.nextNumber('M');
  const when = { original: STARTS, startsAt: momentOf(STARTS, about.zone), status: 'planned' as const };
  const meeting: Meeting = { ...about, ...when, id, number, series: series.id };
  await insertMeeting(tx, meeting);
  const sides = new Set(partners.keys());
  const secret = () => town.secrets.make({ kind: 'sides', sides });
  const item = { id: randomUUID(), committee, meeting: id, position: 1, minutes: 20, owner: chair, spentMs: 0 };
  await insertItem(tx, alliance, {
    ...{ ...item, kind: 'decision', status: 'accepted', title: `Item ${secret()}`, question: `Do we ${secret()}?` },
    ...{ proposedBy: chair, proposedFor: createdFor, proposedAt: town.clock.at },
  });
  await work.record(subjectOf(id), 'scheduled', { number });
  await work.announce(subjectOf(id), committee);
  for (const partner of partners.values()) await work.announce(internalSubject(partner, id), committee, partner);
  const internal = [...partners.values()].map((partner) => internalSubject(partner, id));
  at.questions.push({ key, alliance, meeting, people, item: itemSubject(item.id), internal });
};

const ally = async (
  at: Builder,
  among: readonly Company[],
  keys: readonly string[],
  n: number,
): Promise<AllianceId> => {
  const { tx } = at;
  const alliance = randomUUID() as AllianceId;
  await insertAlliance(tx, { id: alliance, name: `Alliance ${at.name}${n}`, zone: 'Europe/Zurich' });
  const partners = new Map<Side, PartnerId>();
  for (const { side, platform, workspace, people } of among) {
    const partner = randomUUID() as PartnerId;
    partners.set(side, partner);
    await insertPartner(tx, alliance, partner, `Company ${side}`);
    await joinWorkspace(tx, partner, { platform, workspace });
    for (const [index, { id }] of people.entries()) await ensureMember(tx, partner, id, index === 0);
  }
  for (const key of keys) {
    const committee = randomUUID() as CommitteeId;
    await insertCommittee(tx, { id: committee, alliance, key, name: `Joint ${key}` });
    for (const [place, home] of among.entries()) {
      const partner = partners.get(home.side) as PartnerId;
      for (const { id: person, role } of home.people)
        if (role) await saveSeat(tx, { committee, person, partner, role });
      const what = `${key}${n}`;
      await bind(at, addRoom(at, home, `own-${what}`, []), committee, partner, false);
      await bind(at, addRoom(at, home, `lane-${what}`, []), committee, partner, true);
      const others = among.map(({ side }) => side);
      if (place === 0) await bind(at, addRoom(at, home, `shared-${what}`, others), committee, partner, false);
    }
    const [chair] = among[0]?.people ?? [];
    if (chair) {
      const people = among.flatMap((home) => home.people);
      await convene(at, { alliance, committee, key, partners, people, chair: chair.id });
    }
  }
  return alliance;
};

/** Makes a world in the town, with names that no other world has. */
export const buildWorld = async (town: Town, spec: WorldSpec): Promise<World> => {
  worlds += 1;
  const name = `w${worlds}`;
  return town.store.write(
    async (tx) => {
      const at: Builder = { town, tx, name, people: [], rooms: [], lanes: [], questions: [] };
      const companies: Company[] = [];
      for (const index of spec.companies.keys()) companies.push(await settleCompany(at, spec, index));
      const sides = new Map<string, ReadonlySet<Side>>();
      for (const [n, among] of spec.alliances.entries()) {
        const members = among.flatMap((index) => companies[index] ?? []);
        const alliance = await ally(at, members, spec.committees, n);
        sides.set(alliance, new Set(members.map(({ side }) => side)));
      }
      for (const [index, host] of companies.entries()) {
        const home = companies[(index + 1) % companies.length] as Company;
        await linkGuest(at, host, home);
        addRoom(at, host, 'unbound', []);
        addRoom(at, host, 'mixed', [home.side]);
      }
      return { companies, people: at.people, rooms: at.rooms, lanes: at.lanes, questions: at.questions, sides };
    },
    { scope: name },
  );
};
