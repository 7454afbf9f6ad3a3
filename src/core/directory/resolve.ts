import { and, asc, eq } from 'drizzle-orm';
import type { Actor, Committee, Partner, Place } from '../context.js';
import { prepared } from '../db/prepared.js';
import type { Db } from '../db/store.js';
import { Refusal } from '../errors.js';
import type { AllianceId, ChannelId, PartnerId, PersonId, PlatformId } from '../ids.js';
import type { Call, Caller, Detail, Spot, Word } from '../platform.js';
import { ownAudience, sharedAudience } from './audience.js';
import { listSeatsOf, toCommittee } from './reads.js';
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

type Where = Pick<Spot, 'platform' | 'workspace' | 'conversation'>;

const selectChannel = prepared((db, { platform, workspace, conversation }: Where) => {
  const { channels, committees } = directoryTables(db);
  return db
    .select({ channel: channels, committee: committees })
    .from(channels)
    .innerJoin(committees, eq(committees.id, channels.committeeId))
    .where(
      and(eq(channels.platform, platform), eq(channels.workspace, workspace), eq(channels.conversation, conversation)),
    );
});

const findChannel = async (db: Db, { platform, workspace, conversation }: Spot): Promise<BoundChannel | undefined> => {
  const [row] = await selectChannel(db, { platform, workspace, conversation });
  if (!row) return undefined;
  return {
    id: row.channel.id as ChannelId,
    partner: row.channel.partnerId as PartnerId,
    shared: row.channel.shared,
    detail: row.channel.detail,
    committee: toCommittee(row.committee),
  };
};

type Account = Pick<Caller, 'platform' | 'workspace' | 'user'>;

/** A row for each partner whose workspace it is; whoever is unknown there, or no member of that partner, is null. */
const selectStandings = prepared((db, { platform, workspace, user }: Account) => {
  const { workspaces, partners, alliances, identities, people, members } = directoryTables(db);
  return db
    .select({
      partner: { id: partners.id, name: partners.name },
      alliance: partners.allianceId,
      zone: alliances.timeZone,
      person: { id: people.id, name: people.name, zone: people.timeZone },
      detail: identities.detail,
      professional: members.professional,
    })
    .from(workspaces)
    .innerJoin(partners, eq(partners.id, workspaces.partnerId))
    .innerJoin(alliances, eq(alliances.id, partners.allianceId))
    .leftJoin(
      identities,
      and(
        eq(identities.platform, workspaces.platform),
        eq(identities.workspace, workspaces.workspace),
        eq(identities.user, user),
      ),
    )
    .leftJoin(people, eq(people.id, identities.personId))
    .leftJoin(members, and(eq(members.partnerId, partners.id), eq(members.personId, people.id)))
    .where(and(eq(workspaces.platform, platform), eq(workspaces.workspace, workspace)))
    .orderBy(asc(alliances.name), asc(partners.id));
});

const selectWorkspace = prepared((db, { platform, workspace }: Pick<Caller, 'platform' | 'workspace'>) => {
  const { workspaces } = directoryTables(db);
  return db
    .select({ partner: workspaces.partnerId })
    .from(workspaces)
    .where(and(eq(workspaces.platform, platform), eq(workspaces.workspace, workspace)))
    .limit(1);
});

/** True when the workspace belongs to a partner of some alliance. */
export const isKnownWorkspace = async (db: Db, platform: PlatformId, workspace: string): Promise<boolean> =>
  (await selectWorkspace(db, { platform, workspace })).length > 0;

const unknownWorkspace = () =>
  new Refusal(
    'unknown-workspace',
    'This workspace has not joined an alliance. Ask your alliance professional to invite it.',
  );

const unknownPerson = async (db: Db, partner: { id: string; name: string }): Promise<Refusal> => {
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
  const { platform, workspace, user } = call.caller;
  const channel = await findChannel(db, call.spot);
  const standings = await selectStandings(db, { platform, workspace, user });
  const inAlliance = channel ? standings.filter((one) => one.alliance === channel.committee.alliance) : standings;
  const candidates = inAlliance.length > 0 ? inAlliance : standings;
  const [first] = candidates;
  if (!first) throw unknownWorkspace();
  const standing = candidates.find((one) => one.professional !== null);
  if (!standing?.person) throw await unknownPerson(db, first.partner);
  if (channel && standing.alliance !== channel.committee.alliance) throw unknownWorkspace();
  const { person } = standing;
  const partner = standing.partner as Partner;
  const alliance = standing.alliance as AllianceId;
  const actor = {
    person: person.id,
    name: person.name,
    partner,
    alliance,
    professional: standing.professional ?? false,
    seats: await listSeatsOf(db, person.id as PersonId, partner.id),
    zone: person.zone ?? standing.zone,
  } as unknown as Actor;
  // Somebody of the other company speaking in a channel shows that both can read there, whatever it was declared as.
  const mixed = channel !== undefined && (channel.shared || channel.partner !== partner.id);
  const audience = mixed ? await sharedAudience(db, alliance) : ownAudience(alliance, partner.id);
  return {
    actor,
    place: { spot: call.spot, channel: channel?.id, committee: channel?.committee, audience },
    stored: { channel: channel?.detail, identity: standing.detail ?? {} },
  };
};

const findAlly = async (db: Db, alliance: AllianceId, account: Account) => {
  const { identities, people, members, partners } = directoryTables(db);
  const [known] = await db
    .select({ id: people.id, name: people.name })
    .from(identities)
    .innerJoin(people, eq(people.id, identities.personId))
    .innerJoin(members, eq(members.personId, people.id))
    .innerJoin(partners, and(eq(partners.id, members.partnerId), eq(partners.allianceId, alliance)))
    .where(
      and(
        eq(identities.platform, account.platform),
        eq(identities.workspace, account.workspace),
        eq(identities.user, account.user),
      ),
    )
    .limit(1);
  return known;
};

/** The people mentioned, in order; somebody who takes no part in the alliance keeps the name the platform gave. */
export const resolveMentions = async (db: Db, alliance: AllianceId, platform: PlatformId, words: readonly Word[]) => {
  const people: { id?: PersonId; name: string }[] = [];
  for (const word of words) {
    if (typeof word === 'string') continue;
    const known = await findAlly(db, alliance, { platform, workspace: word.workspace, user: word.user });
    people.push({ id: known?.id as PersonId | undefined, name: known?.name ?? word.name });
  }
  return people;
};
