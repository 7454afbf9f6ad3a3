/*
 * Who reads a conversation, by its roster. Everybody of a team reads its standard channels; a shared channel counts as
 * read by others whoever is in it now: that is what it is for, and Teams gives parts of its roster where Entente may not
 * see the whole.
 */
import { z } from 'zod';
import { DeliveryError } from '../../core/errors.js';
import type { Conversation, Readers } from '../../core/platform.js';
import { limits } from './limits.js';
import { clean } from './markup.js';
import { isGuest, type Member, type MembersParts, memberSchema } from './members.js';
import { createMemo } from './memo.js';

export interface Channel {
  readonly id: string;
  readonly name?: string;
  /** 'standard', 'shared' or 'private', where Teams says so. */
  readonly type?: string;
}

export interface Rosters {
  /** @throws DeliveryError */
  readers(place: Conversation): Promise<Readers>;
  /** The channels of a team that Teams tells of; the private ones are missing. @throws DeliveryError */
  channelsOf(team: string, at: Conversation): Promise<readonly Channel[]>;
  /** True of a channel where nobody speaks but a team's people and its guests, as far as Teams tells. */
  isStandard(place: Omit<Conversation, 'platform'>): Promise<boolean>;
  /** Somebody came or went: what was asked before is no answer any more. */
  changed(): void;
}

const channelsSchema = z.object({
  conversations: z.array(z.object({ id: z.string(), name: z.string().nullish(), type: z.string().nullish() })),
});

const pageSchema = z.object({ members: z.array(memberSchema), continuationToken: z.string().nullish() });

type Page = z.output<typeof pageSchema>;

const unreadable = (): DeliveryError => new DeliveryError('later', 'teams:unknown-answer');

const comesFromOutside = (member: Member, tenant: string): boolean =>
  isGuest(member) || (member.tenant !== undefined && member.tenant !== tenant);

/** Teams leaves out the name of the channel that every team begins with. */
const nameOf = ({ id, name }: Channel, team: string): string | undefined =>
  name ?? (id === team ? 'General' : undefined);

/** Gives the pages of a roster in turn. @throws DeliveryError */
async function* pagesOf({ connector, entries }: MembersParts, roster: Conversation, signal: AbortSignal) {
  const serviceUrl = entries.of(roster.workspace, roster.detail?.serviceUrl);
  const path = ['conversations', roster.conversation, 'pagedmembers'];
  let next: string | undefined;
  for (let page = 0; page < limits.rosterPages; page += 1) {
    const query = { pageSize: String(limits.rosterPage), ...(next && { continuationToken: next }) };
    const read = pageSchema.safeParse(await connector({ method: 'GET', serviceUrl, path, query, signal }));
    if (!read.success) throw unreadable();
    yield read.data satisfies Page;
    next = read.data.continuationToken ?? undefined;
    if (!next) return;
  }
  throw new DeliveryError('never', 'teams:too-many-members');
}

/** @throws DeliveryError */
const hasOutsiders = async (parts: MembersParts, roster: Conversation, signal: AbortSignal): Promise<boolean> => {
  let seen = 0;
  for await (const { members } of pagesOf(parts, roster, signal)) {
    if (members.some((member) => comesFromOutside(member, roster.workspace))) return true;
    seen += members.length;
  }
  // Somebody reads every conversation: an empty roster is one that Entente may not see.
  if (seen === 0) throw unreadable();
  return false;
};

const unknown = (error: unknown): false => {
  if (!(error instanceof DeliveryError)) throw error;
  return false;
};

export const createRosters = (parts: MembersParts): Rosters => {
  const { connector, entries, now } = parts;
  const lists = createMemo<readonly Channel[]>(now, limits.sharedMs);
  const answers = createMemo<boolean>(now, limits.sharedMs);
  const standard = createMemo<boolean>(now, limits.typeMs);

  const channelsOf = (team: string, { workspace, detail }: Omit<Conversation, 'platform'>, signal?: AbortSignal) =>
    lists.get(`${workspace} ${team}`, async () => {
      const serviceUrl = entries.of(workspace, detail?.serviceUrl);
      const path = ['teams', team, 'conversations'];
      const ends = signal ?? AbortSignal.timeout(limits.askMs);
      const read = channelsSchema.safeParse(await connector({ method: 'GET', serviceUrl, path, signal: ends }));
      if (!read.success) throw unreadable();
      return read.data.conversations.map(
        ({ id, name, type }): Channel => ({
          id,
          ...(name && { name: clean(name) }),
          ...(type && { type: type.toLowerCase() }),
        }),
      );
    });

  return {
    channelsOf: (team, at) => channelsOf(team, at),
    async readers(place) {
      const { workspace, conversation, detail } = place;
      const signal = AbortSignal.timeout(limits.askMs);
      const team = detail?.team;
      const list = team === undefined ? [] : await channelsOf(team, place, signal);
      const channel = list.find(({ id }) => id === conversation);
      const name = channel && team !== undefined ? nameOf(channel, team) : undefined;
      const type = channel ? channel.type : detail?.type;
      const roster = type === 'standard' && team !== undefined ? { ...place, conversation: team } : place;
      const outsiders =
        type === 'shared' ||
        (await answers.get(`${workspace} ${roster.conversation}`, () => hasOutsiders(parts, roster, signal)));
      return { ...(name !== undefined && { name }), outsiders };
    },
    async isStandard(place) {
      const { workspace, conversation, detail } = place;
      const team = detail?.team;
      if (team === undefined || detail?.type) return detail?.type === 'standard';
      const listed = async () =>
        (await channelsOf(team, place)).some(({ id, type }) => id === conversation && type === 'standard');
      return standard.get(`${workspace} ${conversation}`, listed).catch(unknown);
    },
    changed() {
      lists.forget();
      answers.forget();
    },
  };
};
