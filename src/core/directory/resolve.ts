import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor, Committee, Partner, Place } from '../context.js';
import type { Db } from '../db/store.js';
import { Refusal } from '../errors.js';
import type { AllianceId, ChannelId, PartnerId, PersonId, PlatformId } from '../ids.js';
import type { Call, Caller, Detail, Spot, Word } from '../platform.js';
import { ownAudience, sharedAudience } from './audience.js';
import { listPartners, listSeatsOf, toCommittee } from './reads.js';
import { directoryTables } from './tables.js';

interface BoundChannel {
  readonly id: ChannelId;
  readonly partner: PartnerId;
  readonly shared: boolean;
  readonly detail: Detail;
  readonly committee: Committee;
}

/** Everything inbound needs to know about a call before it opens its transaction. */
export interface Resolved {
  readonly actor: Actor;
  readonly place: Place;
  /** What is stored for the conversation and the person, so that a change can be seen. */
  readonly stored: { readonly channel?: Detail; readonly identity: Detail };
}

const findChannel = async (db: Db, spot: Spot): Promise<BoundChannel | undefined> => {
  const { channels, committees } = directoryTables(db);
  const [row] = await db
    .select({ channel: channels, committee: committees })
    .from(channels)
    .innerJoin(committees, eq(committees.id, channels.committeeId))
    .where(
      and(
        eq(channels.platform, spot.platform),
        eq(channels.workspace, spot.workspace),
        eq(channels.conversation, spot.conversation),
      ),
    );
  if (!row) return undefined;
  return {
    id: row.channel.id as ChannelId,
    partner: row.channel.partnerId as PartnerId,
    shared: row.channel.shared,
    detail: row.channel.detail,
    committee: toCommittee(row.committee),
  };
};

const findPartners = async (db: Db, platform: PlatformId, workspace: string) => {
  const { workspaces, partners, alliances } = directoryTables(db);
  const rows = await db
    .select({ id: partners.id, name: partners.name, alliance: partners.allianceId, zone: alliances.timeZone })
    .from(workspaces)
    .innerJoin(partners, eq(partners.id, workspaces.partnerId))
    .innerJoin(alliances, eq(alliances.id, partners.allianceId))
    .where(and(eq(workspaces.platform, platform), eq(workspaces.workspace, workspace)))
    .orderBy(asc(alliances.name), asc(partners.id));
  return rows.map((row) => ({ ...row, id: row.id as PartnerId, alliance: row.alliance as AllianceId }));
};

const findPerson = async (db: Db, caller: Caller) => {
  const { identities, people } = directoryTables(db);
  const [row] = await db
    .select({ id: people.id, name: people.name, zone: people.timeZone, detail: identities.detail })
    .from(identities)
    .innerJoin(people, eq(people.id, identities.personId))
    .where(
      and(
        eq(identities.platform, caller.platform),
        eq(identities.workspace, caller.workspace),
        eq(identities.user, caller.user),
      ),
    );
  return row && { ...row, id: row.id as PersonId };
};

const findMemberships = async (db: Db, person: PersonId, partners: readonly PartnerId[]) => {
  const { members } = directoryTables(db);
  return db
    .select({ partner: members.partnerId, professional: members.professional })
    .from(members)
    .where(and(eq(members.personId, person), inArray(members.partnerId, [...partners])));
};

/** True when the workspace belongs to a partner of some alliance. */
export const isKnownWorkspace = async (db: Db, platform: PlatformId, workspace: string): Promise<boolean> =>
  (await findPartners(db, platform, workspace)).length > 0;

const unknownWorkspace = () =>
  new Refusal(
    'unknown-workspace',
    'This workspace has not joined an alliance. Ask your alliance professional to invite it.',
  );

const unknownPerson = async (db: Db, partner: Partner): Promise<Refusal> => {
  const { members, people } = directoryTables(db);
  const [who] = await db
    .select({ name: people.name })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(and(eq(members.partnerId, partner.id), eq(members.professional, true)))
    .orderBy(people.name)
    .limit(1);
  const ask = who
    ? `${who.name}, who runs the alliance for ${partner.name},`
    : 'the alliance professional of your company';
  return new Refusal('stranger', `Entente does not know you yet. Ask ${ask} to give you a seat.`);
};

/**
 * Turns the platform's ids into an actor and a place.
 * @throws Refusal when the workspace or the person takes no part.
 */
export const resolveCall = async (db: Db, call: Call): Promise<Resolved> => {
  const [channel, partners, person] = [
    await findChannel(db, call.spot),
    await findPartners(db, call.caller.platform, call.caller.workspace),
    await findPerson(db, call.caller),
  ];
  const first = partners[0];
  if (!first) throw unknownWorkspace();
  const inAlliance = channel ? partners.filter((partner) => partner.alliance === channel.committee.alliance) : partners;
  const candidates = inAlliance.length > 0 ? inAlliance : partners;
  const memberships = person
    ? await findMemberships(
        db,
        person.id,
        candidates.map((partner) => partner.id),
      )
    : [];
  const partner = candidates.find((candidate) => memberships.some((one) => one.partner === candidate.id));
  const membership = memberships.find((one) => one.partner === partner?.id);
  if (!person || !membership || !partner) throw await unknownPerson(db, candidates[0] ?? first);
  if (channel && partner.alliance !== channel.committee.alliance) throw unknownWorkspace();
  const actor = {
    person: person.id,
    name: person.name,
    partner: { id: partner.id, name: partner.name },
    alliance: partner.alliance,
    professional: membership.professional,
    seats: await listSeatsOf(db, person.id, partner.id),
    zone: person.zone ?? partner.zone,
  } as unknown as Actor;
  // Somebody of the other company speaking in a channel shows that both can read there, whatever it was declared as.
  const mixed = channel !== undefined && (channel.shared || channel.partner !== partner.id);
  const audience = mixed ? await sharedAudience(db, partner.alliance) : ownAudience(partner.alliance, partner.id);
  return {
    actor,
    place: { spot: call.spot, channel: channel?.id, committee: channel?.committee, audience },
    stored: { channel: channel?.detail, identity: person.detail },
  };
};

const findAlly = async (db: Db, alliance: AllianceId, caller: Caller) => {
  const known = await findPerson(db, caller);
  const partners = known ? await listPartners(db, alliance) : [];
  const ids = partners.map((partner) => partner.id);
  return known && (await findMemberships(db, known.id, ids)).length > 0 ? known : undefined;
};

/** The people mentioned, in order; somebody who takes no part in the alliance keeps the name the platform gave. */
export const resolveMentions = async (db: Db, alliance: AllianceId, platform: PlatformId, words: readonly Word[]) => {
  const people: { id?: PersonId; name: string }[] = [];
  for (const word of words) {
    if (typeof word === 'string') continue;
    const known = await findAlly(db, alliance, { platform, workspace: word.workspace, user: word.user });
    people.push({ id: known?.id, name: known?.name ?? word.name });
  }
  return people;
};
