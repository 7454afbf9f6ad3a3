/* The platform's ids of a call, turned into who acts and where. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Actor, Audience, Partner, Place } from '../context.js';
import { prepared } from '../db/prepared.js';
import type { Db } from '../db/store.js';
import { Refusal } from '../errors.js';
import type { AllianceId, ChannelId, Instant, PartnerId, PersonId } from '../ids.js';
import { isInstalled } from '../installations.js';
import type { Account, Call, Detail, PressCall, Spot } from '../platform.js';
import { ownAudience, sharedAudience } from './audience.js';
import { isPlace, type Workspace } from './places.js';
import { toCommittee } from './reads.js';
import { listSeatsOf } from './seats.js';
import { choose, listStandings, type Standing, selectWorkspace } from './standings.js';
import { directoryTables } from './tables.js';

/** Everything inbound needs to know about a call before it opens its transaction. */
export interface Resolved {
  readonly actor: Actor;
  readonly place: Place;
  /** The caller takes part in other alliances too: an answer may be answered in turn where the place says nothing. */
  readonly several: boolean;
  /** Set in a company's own lane that others can read by now: what is said there is refused. */
  readonly exposed: boolean;
  /** What is stored for the conversation and the person, so that a change can be seen. */
  readonly stored: { readonly channel?: Detail; readonly identity: Detail };
}

/** An alliance that the caller takes part in. */
export interface Choice {
  readonly alliance: AllianceId;
  readonly name: string;
}

export type Resolution =
  | ({ readonly kind: 'actor' } & Resolved)
  /** The caller takes part in several alliances, and nothing tells which is meant. */
  | { readonly kind: 'several'; readonly choices: readonly Choice[] }
  /** One of the workspace's people, as far as the workspace goes, whom Entente has never met. */
  | { readonly kind: 'unmet' };

const selectChannel = prepared((db, where: Pick<Spot, 'platform' | 'workspace' | 'conversation'>) => {
  const { platform, workspace, conversation } = where;
  const { channels, committees } = directoryTables(db);
  return db
    .select({ channel: channels, committee: committees })
    .from(channels)
    .innerJoin(committees, eq(committees.id, channels.committeeId))
    .where(isPlace(db, { platform, workspace, conversation }));
});

const findChannel = async (db: Db, { platform, workspace, conversation }: Spot) => {
  const [row] = await selectChannel(db, { platform, workspace, conversation });
  return row && { ...row.channel, committee: toCommittee(row.committee) };
};

type Bound = NonNullable<Awaited<ReturnType<typeof findChannel>>>;

/** True when Entente answers people of the workspace: it takes part in an alliance, or Entente is installed there. */
export const isKnownWorkspace = async (db: Db, workspace: Workspace): Promise<boolean> =>
  (await selectWorkspace(db, workspace)).length > 0 || isInstalled(db, workspace);

const unknownWorkspace = () =>
  new Refusal(
    'unknown-workspace',
    'This workspace has not joined an alliance yet. To begin one, say setup to Entente. If the other company has sent you a code, say join and the code.',
  );

/** For somebody whom the workspace's company only has as a guest, or who belongs to nobody that Entente knows. */
export const strangerRefusal = async (db: Db, workspace: Workspace): Promise<Refusal> => {
  const { members, people } = directoryTables(db);
  const at = await selectWorkspace(db, workspace);
  if (at.length === 0) return unknownWorkspace();
  const [who] = await db
    .select({ name: people.name, partner: members.partnerId })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(
      and(
        inArray(
          members.partnerId,
          at.map((row) => row.partner),
        ),
        eq(members.professional, true),
      ),
    )
    .orderBy(people.name)
    .limit(1);
  const home = at.find((row) => row.partner === who?.partner);
  const ask = who && home ? `${who.name}, who runs the alliance for ${home.name}` : 'its alliance professional';
  return new Refusal(
    'stranger',
    `Entente answers the people of the companies in this alliance, and you are a guest here. Write to it from your own company’s workspace, or ask ${ask}.`,
  );
};

const actorOf = async (db: Db, standing: Standing, now: Instant): Promise<Actor> => {
  const { person, partner, alliance } = standing;
  return {
    person: person.id,
    name: person.name,
    partner: partner as Partner,
    alliance: alliance.id,
    professional: standing.professional,
    home: standing.home !== null,
    seats: await listSeatsOf(db, person.id as PersonId, partner.id as PartnerId, now),
    zone: person.zone ?? alliance.zone,
    ...(person.locale !== null && { locale: person.locale }),
  } as unknown as Actor;
};

const selectMember = prepared((db, { alliance, person }: { alliance: AllianceId; person: PersonId }) => {
  const { members, partners, people, alliances } = directoryTables(db);
  return db
    .select({
      partner: { id: partners.id, name: partners.name },
      person: { name: people.name, zone: people.timeZone },
      zone: alliances.timeZone,
      professional: members.professional,
    })
    .from(members)
    .innerJoin(partners, and(eq(partners.id, members.partnerId), eq(partners.allianceId, alliance)))
    .innerJoin(alliances, eq(alliances.id, partners.allianceId))
    .innerJoin(people, eq(people.id, members.personId))
    .where(eq(members.personId, person));
});

/** Somebody who does not call, as they would act now, in their own company; none where they take no part. */
export const actorFor = async (
  db: Db,
  alliance: AllianceId,
  person: PersonId,
  now: Instant,
): Promise<Actor | undefined> => {
  const [row] = await selectMember(db, { alliance, person });
  if (!row) return undefined;
  const { partner, professional } = row;
  return {
    ...{ person, name: row.person.name, partner: partner as Partner, alliance, professional, home: true },
    seats: await listSeatsOf(db, person, partner.id as PartnerId, now),
    zone: row.person.zone ?? row.zone,
  } as unknown as Actor;
};

/** Who the caller is in each alliance that they take part in. */
export const listActors = async (db: Db, account: Account, now: Instant): Promise<Actor[]> => {
  const actors: Actor[] = [];
  for (const one of await listStandings(db, account)) actors.push(await actorOf(db, one, now));
  return actors;
};

/** The alliances that somebody takes part in. */
export const listChoices = async (db: Db, account: Account): Promise<readonly Choice[]> =>
  choicesOf(await listStandings(db, account));

const choicesOf = (standings: readonly Standing[]): readonly Choice[] =>
  standings.map(({ alliance }) => ({ alliance: alliance.id as AllianceId, name: alliance.name }));

const placeOf = async (db: Db, call: Call, channel: Bound | undefined, standing: Standing) => {
  const alliance = standing.alliance.id as AllianceId;
  const own = standing.partner.id as PartnerId;
  // Somebody from elsewhere shows that others read there, whatever it was declared as.
  const foreign = standing.home === null || (channel !== undefined && channel.partnerId !== own);
  const mixed = foreign || (channel?.shared ?? false);
  const audience = mixed ? await sharedAudience(db, alliance) : ownAudience(alliance, own);
  const place: Place = {
    spot: call.spot,
    ...(channel && { channel: channel.id as ChannelId, committee: channel.committee }),
    internal: (channel?.internal ?? false) && !mixed,
    audience,
  };
  return { place, exposed: mixed && (channel?.internal ?? false) };
};

/** Who reads the place by now; nothing once it is bound no more. */
export const audienceNow = async (db: Db, { channel, spot, audience }: Place): Promise<Audience | undefined> => {
  if (channel === undefined) return audience;
  const now = await findChannel(db, spot);
  if (now?.id !== channel) return undefined;
  return now.shared ? sharedAudience(db, audience.alliance) : audience;
};

/**
 * Turns the platform's ids into an actor and a place.
 * @throws Refusal when the workspace takes no part, or the caller takes none in the alliance of the channel.
 */
export const resolveCall = async (db: Db, call: Call | PressCall, now: Instant): Promise<Resolution> => {
  const { platform, workspace } = call.caller;
  const channel = await findChannel(db, call.spot);
  const all = await listStandings(db, call.caller);
  const alliance = channel?.committee.alliance;
  const standings = alliance === undefined ? all : all.filter((one) => one.alliance.id === alliance);
  if (standings.length === 0) {
    const at = await selectWorkspace(db, { platform, workspace });
    if (at.some((row) => alliance === undefined || row.alliance === alliance)) return { kind: 'unmet' };
    throw unknownWorkspace();
  }
  const standing = await choose(db, call, standings);
  if (!standing) return { kind: 'several', choices: choicesOf(standings) };
  return {
    kind: 'actor',
    actor: await actorOf(db, standing, now),
    several: all.length > 1,
    ...(await placeOf(db, call, channel, standing)),
    stored: { channel: channel?.detail, identity: standing.detail },
  };
};
