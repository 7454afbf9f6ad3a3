/* What Slack tells through its Events API, as calls and notifications of the core. */
import { z } from 'zod';
import type { Call, Notification, Replied } from '../../core/platform.js';
import { type Asked, callerOf, callId, spotOf } from './payloads.js';
import type { Linked } from './unfurls.js';
import { readWords, withoutBot } from './words.js';
import type { Removal } from './workspaces.js';

const optional = z.string().nullish();

const envelope = z.object({
  team_id: optional,
  enterprise_id: optional,
  event_id: optional,
  event_time: z.number().nullish(),
  authorizations: z
    .array(z.object({ team_id: optional, enterprise_id: optional, user_id: optional, is_bot: z.boolean().nullish() }))
    .nullish(),
  event: z.looseObject({ type: z.string() }),
});

type Envelope = z.output<typeof envelope>;

const spoken = z.object({
  user: optional,
  text: z.string().default(''),
  channel: z.string(),
  channel_type: optional,
  subtype: optional,
  bot_id: optional,
  ts: optional,
  thread_ts: optional,
  user_team: optional,
  source_team: optional,
  team: optional,
});

type Spoken = z.output<typeof spoken>;

const opened = z.object({ user: z.string(), channel: optional, tab: optional });
const membership = z.object({ user: z.string(), channel: z.string(), team: optional, enterprise: optional });
const place = z.object({ channel: z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]) });
const revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).nullish() }).nullish() });

const shared = z.object({
  channel: z.string(),
  user: z.string(),
  message_ts: z.string(),
  source: optional,
  is_bot_user_member: z.boolean().nullish(),
  links: z.array(z.object({ url: z.string() })),
});

/** More of them in one message would fill the screen. */
const MOST_LINKS = 5;

export type Heard =
  | ({ readonly kind: 'words' } & Asked)
  | { readonly kind: 'home'; readonly call: Call; readonly user: string }
  | { readonly kind: 'notification'; readonly notification: Notification }
  | ({ readonly kind: 'links' } & Linked)
  | { readonly kind: 'removal'; readonly removal: Removal };

/** The bot's user id as the event itself tells it. */
export const botIn = (body: unknown): string | undefined =>
  envelope.safeParse(body).data?.authorizations?.find(({ is_bot }) => is_bot !== false)?.user_id ?? undefined;

/** Events in which it matters who the bot is. */
export const needsBot = (type: string): boolean =>
  type === 'app_mention' || type === 'member_joined_channel' || type === 'member_left_channel';

const enterpriseOf = (it: Envelope) => it.authorizations?.[0]?.enterprise_id ?? it.enterprise_id;

const teamOf = (it: Envelope): string => it.authorizations?.[0]?.team_id ?? it.team_id ?? '';

/** The workspace whose installation an event is for. */
export const workspaceIn = (body: unknown): string => {
  const { data } = envelope.safeParse(body);
  return data ? teamOf(data) : '';
};

const idOf = (it: Envelope, said: unknown): string =>
  it.event_id ? `slack:${it.event_id}` : callId('event', it.team_id, said);

/** In a thread, what is said is about the message that began it. */
const repliedTo = ({ ts, thread_ts: thread }: Spoken): Replied | undefined =>
  ts && thread && ts !== thread ? { message: thread, reply: ts } : undefined;

const heardWords = (it: Envelope, said: Spoken, user: string, text: string, replied?: Replied): Heard => {
  const installed = teamOf(it);
  return {
    kind: 'words',
    call: {
      id: idOf(it, said),
      caller: callerOf(user, said.user_team ?? said.source_team ?? said.team, installed),
      spot: spotOf(installed, said.channel),
      words: readWords(text, installed),
      ...(replied && { replied }),
    },
    way: { workspace: installed, user, channel: said.channel, thread: said.thread_ts ?? undefined },
  };
};

/** Bots, Slack itself, edits and joins say things too; only people's own new messages are for us. */
const speaker = (said: Spoken, bot: string | undefined): string | undefined => {
  const { user } = said;
  if (!user || user === bot || user === 'USLACKBOT' || said.bot_id || said.subtype) return undefined;
  return user;
};

const heardMention = (it: Envelope, bot: string | undefined): Heard | undefined => {
  const said = spoken.parse(it.event);
  const user = speaker(said, bot);
  if (user === undefined) return undefined;
  return heardWords(it, said, user, withoutBot(said.text, bot), repliedTo(said));
};

const heardMessage = (it: Envelope, bot: string | undefined): Heard | undefined => {
  const said = spoken.parse(it.event);
  const user = speaker(said, bot);
  const direct = said.channel_type ? said.channel_type === 'im' : said.channel.startsWith('D');
  if (user === undefined || !direct) return undefined;
  const toBot = bot !== undefined && said.text.trimStart().startsWith(`<@${bot}`);
  return heardWords(it, said, user, toBot ? withoutBot(said.text, bot) : said.text.trim());
};

/**
 * Only what has been posted, where Entente is too: what is still being written has no readers that could be known, and
 * two people's own direct messages look like those with Entente.
 */
const heardLinks = (it: Envelope): Heard | undefined => {
  const told = shared.parse(it.event);
  if (told.source === 'composer' || !told.is_bot_user_member || !/^[CDG]/.test(told.channel)) return undefined;
  const installed = teamOf(it);
  const call = {
    id: idOf(it, told),
    caller: callerOf(told.user, null, installed),
    spot: spotOf(installed, told.channel),
  };
  const urls = [...new Set(told.links.map(({ url }) => url))].slice(0, MOST_LINKS);
  return { kind: 'links', call, message: told.message_ts, urls };
};

const heardHome = (it: Envelope): Heard | undefined => {
  const { user, channel, tab } = opened.parse(it.event);
  if (tab && tab !== 'home') return undefined;
  const installed = teamOf(it);
  const call = { id: idOf(it, it.event), caller: callerOf(user, null, installed) };
  return { kind: 'home', call: { ...call, spot: spotOf(installed, channel ?? user, true) }, user };
};

const notified = (notification: Notification): Heard => ({ kind: 'notification', notification });

/** `outsiders` when the event itself shows it; else Slack has to be asked who reads there now. */
const heardReaders = (workspace: string, channel: string, outsiders: boolean): Heard =>
  notified({
    kind: 'readers',
    platform: 'slack',
    workspace,
    spot: spotOf(workspace, channel),
    ...(outsiders && { outsiders: true as const }),
  });

const heardMembership = (it: Envelope, kind: 'installed' | 'removed', bot: string | undefined): Heard => {
  const { user, channel, team, enterprise } = membership.parse(it.event);
  const workspace = teamOf(it);
  if (user === bot) return notified({ kind, platform: 'slack', workspace, spot: spotOf(workspace, channel) });
  // Somebody of our organisation may belong to this team too, and comes with another, or with the organisation's id (E…).
  const ours = team === workspace || (Boolean(enterprise) && enterprise === enterpriseOf(it));
  const foreign = team?.startsWith('T') === true && !ours;
  return heardReaders(workspace, channel, kind === 'installed' && foreign);
};

const heardSharing = (it: Envelope, outsiders: boolean): Heard =>
  heardReaders(teamOf(it), place.parse(it.event).channel, outsiders);

const heardRemoval = (it: Envelope): Heard => {
  const enterprise = enterpriseOf(it);
  const removal = {
    workspace: teamOf(it),
    ...(enterprise && { enterprise }),
    ...(it.event_time && { at: it.event_time * 1_000 }),
  };
  return { kind: 'removal', removal };
};

/** @returns undefined for what is none of our business */
export const readEvent = (body: unknown, bot: string | undefined): Heard | undefined => {
  const it = envelope.parse(body);
  switch (it.event.type) {
    case 'app_mention':
      return heardMention(it, bot);
    case 'message':
      return heardMessage(it, bot);
    case 'link_shared':
      return heardLinks(it);
    case 'app_home_opened':
      return heardHome(it);
    case 'member_joined_channel':
      return heardMembership(it, 'installed', bot);
    case 'member_left_channel':
      return heardMembership(it, 'removed', bot);
    case 'channel_shared':
      return heardSharing(it, true);
    case 'channel_unshared':
    case 'shared_channel_invite_accepted':
      return heardSharing(it, false);
    case 'app_uninstalled':
      return heardRemoval(it);
    case 'tokens_revoked':
      return revoked.parse(it.event).tokens?.bot?.length ? heardRemoval(it) : undefined;
    default:
      return undefined;
  }
};
