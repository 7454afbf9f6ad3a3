/*
 * Slack's payloads, parsed to the few fields used, as calls of the core and the ways to answer them.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Call, Caller, CommandCall, PressCall, Spot } from '../../core/platform.js';
import type { InteractionId } from '../../core/view.js';
import { readOrigin, readValues } from './form.js';
import { readPress, readSayAgain, SAY_AGAIN } from './press.js';
import { readWords } from './words.js';

/** How an answer can reach whoever asked. */
export interface Way {
  /** Whose token can answer. */
  readonly workspace: string;
  readonly user: string;
  /** Opens a window, within three seconds. */
  readonly trigger?: string;
  /** Takes five answers within half an hour, also where the bot is no member. */
  readonly responseUrl?: string;
  readonly channel?: string;
  readonly thread?: string;
  /** The message pressed is only theirs, so the answer may take its place. */
  readonly ephemeral?: boolean;
  readonly window?: { readonly id: string; readonly home: boolean };
}

/** Something that somebody said or pressed. */
export interface Asked {
  readonly call: CommandCall | PressCall;
  readonly way: Way;
}

/** The same for the same payload, so that a redelivery is known. */
export const callId = (...parts: readonly unknown[]): string =>
  `slack:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}`;

export const callerOf = (user: string, ownTeam: string | null | undefined, installed: string): Caller => ({
  platform: 'slack',
  // In an Enterprise organisation Slack gives the organisation's id (E…) here, which no directory of ours knows.
  workspace: ownTeam?.startsWith('T') ? ownTeam : installed,
  user,
});

export const spotOf = (workspace: string, conversation: string, direct = conversation.startsWith('D')): Spot => ({
  platform: 'slack',
  workspace,
  conversation,
  direct,
});

interface Answerable {
  readonly trigger_id?: string;
  readonly response_url?: string;
}

export const wayBack = (
  spot: Spot,
  user: string,
  { trigger_id: trigger, response_url: responseUrl }: Answerable,
): Way => ({
  ...{ workspace: spot.workspace, channel: spot.conversation },
  ...{ user, trigger, responseUrl },
});

export const optional = z.string().nullish();

const commandBody = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: z.string(),
  team_id: z.string(),
  channel_id: z.string(),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
});

/** '/decision x' and '/entente decision x' are both the words 'decision x'. */
export const readCommand = (body: unknown): Asked => {
  const it = commandBody.parse(body);
  const name = it.command.replace(/^\//, '').toLowerCase();
  const said = (name === 'entente' ? it.text : `${name} ${it.text}`).trim();
  const spot = spotOf(it.team_id, it.channel_id);
  return {
    call: {
      id: callId('command', it.trigger_id, it.response_url, it.user_id, it.channel_id, it.command, it.text),
      caller: callerOf(it.user_id, it.team_id, it.team_id),
      spot,
      words: readWords(said, it.team_id),
    },
    way: wayBack(spot, it.user_id, it),
  };
};

export const person = z.object({ id: z.string(), team_id: optional });
export const team = z.object({ id: z.string(), domain: optional }).nullish();

const actionBody = z.object({
  user: person,
  team,
  channel: z.object({ id: z.string() }).nullish(),
  container: z.object({ channel_id: optional, is_ephemeral: z.boolean().nullish() }).nullish(),
  message: z.object({ ts: optional, thread_ts: optional }).nullish(),
  view: z
    .object({
      id: z.string(),
      type: optional,
      private_metadata: z.string().optional(),
      app_installed_team_id: optional,
    })
    .nullish(),
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
  actions: z
    .array(z.object({ action_id: z.string(), value: z.string().optional(), action_ts: z.string().optional() }))
    .min(1),
});

type ActionBody = z.output<typeof actionBody>;

const spotOfAction = (it: ActionBody, installed: string): Spot => {
  const origin = readOrigin(it.view?.private_metadata)?.origin;
  if (origin) return { platform: 'slack', ...origin };
  const channel = it.channel?.id ?? it.container?.channel_id;
  return channel ? spotOf(installed, channel) : spotOf(installed, it.user.id, true);
};

const wayOfAction = (it: ActionBody, workspace: string): Way => ({
  workspace,
  user: it.user.id,
  trigger: it.trigger_id,
  responseUrl: it.response_url,
  channel: it.channel?.id ?? it.container?.channel_id ?? undefined,
  thread: it.message?.thread_ts ?? undefined,
  ephemeral: it.container?.is_ephemeral ?? false,
  window: it.view ? { id: it.view.id, home: it.view.type === 'home' } : undefined,
});

/** A pressed button; the one that opens a form later says its command again. */
export const readAction = (body: unknown): Asked => {
  const it = actionBody.parse(body);
  const [action] = it.actions;
  const { action_id: id = '', value } = action ?? {};
  const installed = it.view?.app_installed_team_id ?? it.team?.id ?? it.user.team_id ?? '';
  const spot = spotOfAction(it, installed);
  const call: Call = {
    id: callId('action', it.trigger_id, it.user.id, spot.conversation, it.message?.ts, it.view?.id, action),
    caller: callerOf(it.user.id, it.user.team_id, installed),
    spot,
  };
  const way = wayOfAction(it, spot.workspace);
  if (id === SAY_AGAIN) return { call: { ...call, ...readSayAgain(value) }, way };
  return { call: { ...call, ...readPress(id, value) }, way };
};

const submissionBody = z.object({
  user: person,
  team,
  trigger_id: z.string().optional(),
  view: z.object({
    id: z.string(),
    hash: z.string().optional(),
    callback_id: z.string(),
    private_metadata: z.string().optional(),
    app_installed_team_id: optional,
    blocks: z.array(z.object({ type: optional, block_id: optional })).optional(),
    state: z.unknown(),
  }),
});

export interface Submitted extends Asked {
  readonly call: PressCall;
  /** The names of its fields, in order: only beside one of these can an error be shown. */
  readonly fields: readonly string[];
}

export const readSubmission = (body: unknown): Submitted => {
  const it = submissionBody.parse(body);
  const { view, user } = it;
  const luggage = readOrigin(view.private_metadata);
  const installed = luggage?.origin.workspace ?? view.app_installed_team_id ?? it.team?.id ?? user.team_id ?? '';
  const values = readValues(view.state);
  const drawn = (view.blocks ?? []).flatMap(({ type, block_id }) => (type === 'input' && block_id ? [block_id] : []));
  return {
    call: {
      // Without the trigger: whoever got no answer in time submits the same window again, and may have been heard before.
      id: callId('submission', view.id, view.hash, user.id, values),
      caller: callerOf(user.id, user.team_id, installed),
      spot: luggage ? { platform: 'slack', ...luggage.origin } : spotOf(installed, user.id, true),
      interaction: view.callback_id as InteractionId,
      subject: luggage?.subject,
      values: { ...values, ...luggage?.carry },
    },
    way: { workspace: installed, user: user.id, trigger: it.trigger_id },
    fields: drawn.length > 0 ? drawn : Object.keys(values),
  };
};
