import type { Request } from 'express';
import type { Conversation, TeamsMessage } from '../model.js';
import type { Reply } from '../wire.js';
import { hears, homeOf, workplaceOf } from '../workplaces.js';
import { ConnectorFault, type Desk, findPerson, memberObject, splitThread, threadId } from './desk.js';
import { changeMessage, contentOf, type Draft, postMessage } from './messages.js';

type Params = Request<Record<string, string>>;
type Json = Readonly<Record<string, unknown>>;

interface Place {
  readonly place: Conversation;
  readonly thread?: string;
}

/** @throws ConnectorFault 404 for a place that is not there, 403 for one that the bot is not in */
const placeOf = (desk: Desk, id: unknown): Place => {
  const { place: placeId, thread } = splitThread(String(id ?? ''));
  const place = desk.world.teams.conversations.get(placeId);
  if (!place || place.archived) throw new ConnectorFault(404, 'ConversationNotFound', 'Conversation not found.');
  if (!hears(desk.world, 'teams', place))
    throw new ConnectorFault(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
  return thread ? { place, thread } : { place };
};

const ownMessage = (desk: Desk, req: Params): TeamsMessage => {
  const { place } = placeOf(desk, req.params.conversation);
  const message = desk.world.teams.messages.get(req.params.activity ?? '');
  if (message?.conversation !== place.id)
    throw new ConnectorFault(404, 'ActivityNotFoundInConversation', 'Message does not exist in the thread.');
  if (message.from !== desk.world.teams.bot.id)
    throw new ConnectorFault(403, 'MessageWritesBlocked', 'The bot may only change its own messages.');
  return message;
};

const post = (desk: Desk, { place, thread }: Place, activity: Json, onlyFor?: string): TeamsMessage => {
  const content = contentOf(desk, activity);
  if ((content.asked || content.file) && place.kind !== 'direct')
    throw new ConnectorFault(400, 'BadArgument', 'Files are sent in personal chats only.');
  const draft: Draft = {
    conversation: place.id,
    from: desk.world.teams.bot.id,
    ...content,
    ...(thread && place.kind === 'channel' ? { thread } : {}),
    ...(onlyFor ? { onlyFor } : {}),
  };
  return postMessage(desk, draft);
};

/** A targeted message is seen by one member of a channel or group chat only. */
const targetOf = (desk: Desk, req: Params, place: Conversation): string | undefined => {
  if (req.query.isTargetedActivity !== 'true') return undefined;
  if (place.kind === 'direct') throw new ConnectorFault(400, 'BadArgument', 'Targeted messages need several people.');
  const { recipient } = (req.body ?? {}) as { recipient?: { id?: string } };
  const person = findPerson(desk, recipient?.id ?? '');
  if (!person || !place.members.includes(person.id))
    throw new ConnectorFault(400, 'BadArgument', 'The recipient is not in the conversation.');
  return person.id;
};

/** Nobody is written to through another tenant than their own. */
const checkTenant = (body: Json, own: string): void => {
  const { channelData } = body as { channelData?: { tenant?: { id?: string } } };
  const tenant = body.tenantId ?? channelData?.tenant?.id;
  if (tenant !== undefined && tenant !== own)
    throw new ConnectorFault(403, 'ForbiddenOperationException', 'The tenant does not allow this bot.');
};

const openDirect = (desk: Desk, body: Json): Reply => {
  const members = (body.members ?? []) as readonly { id?: string }[];
  const person = findPerson(desk, members[0]?.id ?? '');
  if (members.length !== 1 || !person)
    throw new ConnectorFault(400, 'BadSyntax', 'Bad format of conversation members.');
  const own = homeOf(desk.world, 'teams', person).id;
  if (!desk.world.teams.installedIn.has(own))
    throw new ConnectorFault(403, 'ForbiddenOperationException', 'The app is not installed for the user.');
  checkTenant(body, own);
  const place = desk.world.direct('teams', person.id);
  if (!body.activity) return { status: 201, body: { id: place.id } };
  const message = post(desk, { place }, body.activity as Json);
  return { status: 201, body: { id: place.id, activityId: message.id } };
};

const createConversation =
  (desk: Desk) =>
  (req: Params): Reply => {
    const body = (req.body ?? {}) as Json;
    const { channel } = (body.channelData ?? {}) as { channel?: { id?: string } };
    if (!channel?.id) return openDirect(desk, body);
    const { place } = placeOf(desk, channel.id);
    checkTenant(body, workplaceOf(desk.world, 'teams', place).id);
    if (!body.activity) throw new ConnectorFault(400, 'BadSyntax', 'A new thread needs its first activity.');
    const message = post(desk, { place }, body.activity as Json);
    return { status: 201, body: { id: threadId(place, message.id), activityId: message.id } };
  };

const MEMBERS_PER_PAGE = 50;

/** Entente's changes to the workplace. */
export const createWrites = (desk: Desk) => ({
  createConversation: createConversation(desk),

  /** Teams takes any activity to reply to; only the conversation id decides the thread. */
  sendActivity: (req: Params): Reply => {
    const where = placeOf(desk, req.params.conversation);
    const activity = (req.body ?? {}) as Json;
    if (activity.type === 'typing') return { status: 202, body: {} };
    if (activity.type !== 'message')
      throw new ConnectorFault(400, 'BadArgument', `Teams does not take '${activity.type}' activities.`);
    const message = post(desk, where, activity, targetOf(desk, req, where.place));
    return { status: 201, body: { id: message.id } };
  },

  updateActivity: (req: Params): Reply => {
    const message = ownMessage(desk, req);
    changeMessage(desk, message, contentOf(desk, (req.body ?? {}) as Json));
    return { status: 200, body: { id: message.id } };
  },

  deleteActivity: (req: Params): Reply => {
    desk.world.remove(ownMessage(desk, req));
    return { status: 200, body: {} };
  },
});

const membersOf = (desk: Desk, req: Params) =>
  placeOf(desk, req.params.conversation).place.members.flatMap((id) => {
    const person = desk.world.teams.people.get(id);
    return person ? [memberObject(desk, person)] : [];
  });

const pageOf = (desk: Desk, req: Params): Json => {
  const from = Number(req.query.continuationToken ?? 0);
  const size = Math.min(500, Math.max(MEMBERS_PER_PAGE, Number(req.query.pageSize ?? MEMBERS_PER_PAGE)));
  const all = membersOf(desk, req);
  const more = from + size < all.length ? { continuationToken: String(from + size) } : {};
  return { members: all.slice(from, from + size), ...more };
};

const channelsOf = ({ world }: Desk) =>
  [...world.teams.conversations.values()].filter(({ kind }) => kind === 'channel');

/** What Entente may look up. */
export const createReads = (desk: Desk) => ({
  getMembers: (req: Params): Reply => ({ status: 200, body: membersOf(desk, req) }),

  getPagedMembers: (req: Params): Reply => ({ status: 200, body: pageOf(desk, req) }),

  getMember: (req: Params): Reply => {
    const person = findPerson(desk, req.params.member ?? '');
    const member = person && membersOf(desk, req).find(({ aadObjectId }) => aadObjectId === person.id);
    if (!member) throw new ConnectorFault(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
    return { status: 200, body: member };
  },

  getTeam: (req: Params): Reply => {
    const channel = channelsOf(desk).find(({ id }) => id === req.params.team);
    if (!channel) throw new ConnectorFault(404, 'NotFound', 'Team not found.');
    return { status: 200, body: { id: channel.id, name: channel.team, aadGroupId: channel.id } };
  },

  getChannels: (): Reply => ({
    status: 200,
    body: { conversations: channelsOf(desk).map(({ id, name }) => ({ id, name })) },
  }),
});
