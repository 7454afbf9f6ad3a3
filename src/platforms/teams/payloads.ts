import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Call, Caller, CommandCall, Detail, LinkCall, PressCall, Quote, Spot } from '../../core/platform.js';
import type { InteractionId } from '../../core/view.js';
import { type Account, type Activity, isPersonal, tenantOf, withoutThread } from './activity.js';
import { type Outline, readFields, type Submission, submissionSchema } from './forms.js';
import { limits } from './limits.js';
import { clean, plainFromHtml, plainFromMessage } from './markup.js';
import { type Identify, readWords } from './mentions.js';
import { quoteIn } from './quotes.js';

const digest = (parts: unknown): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);

/** The same when Teams delivers the activity again. An activity's id is unique in its conversation only. */
export const callIdOf = (activity: Activity): string => {
  const { type, id, name, conversation, from, value, replyToId, timestamp } = activity;
  const own = id ?? digest([from?.id, name, value, replyToId, timestamp]);
  return ['teams', conversation.id, name ?? type, own].join(' ');
};

export const spotOf = (activity: Activity): Spot => ({
  platform: 'teams',
  workspace: tenantOf(activity),
  conversation: withoutThread(activity.conversation.id),
  direct: isPersonal(activity),
  detail: detailOf(activity),
});

/** Which team a channel is in, and of which type it is, which never changes, tell later who reads it. */
const detailOf = ({ serviceUrl, channelData }: Activity): Detail => ({
  serviceUrl,
  ...(channelData?.team && { team: channelData.team.id }),
  ...(channelData?.channel?.type && { type: channelData.channel.type }),
});

export const callerOf = (account: Account, activity: Activity): Caller => ({
  platform: 'teams',
  workspace: account.tenantId ?? activity.channelData?.tenant?.id ?? tenantOf(activity),
  user: account.aadObjectId ?? account.id,
  ...(account.name && { name: clean(account.name) }),
  detail: { mri: account.id, serviceUrl: activity.serviceUrl },
});

/** Whoever sent the activity, and how to write to them directly. */
export const senderOf = (activity: Activity, sender: Account): Caller => {
  const caller = callerOf(sender, activity);
  return isPersonal(activity)
    ? { ...caller, detail: { ...caller.detail, conversation: activity.conversation.id } }
    : caller;
};

/** Nothing when nobody speaks: some events name no sender, and bots are not answered. */
export const callOf = (activity: Activity): Call | undefined => {
  const { from } = activity;
  if (!from || from.id.startsWith('28:')) return undefined;
  return { id: callIdOf(activity), caller: senderOf(activity, from), spot: spotOf(activity) };
};

export const commandOf = (activity: Activity, call: Call, identify: Identify): CommandCall => {
  const quote = quoteIn(activity);
  return { ...call, words: readWords(activity, call.spot.workspace, identify), ...(quote && { quote }) };
};

/** A press, with what is needed to show the form again that it submitted. */
export interface Pressed {
  readonly call: PressCall;
  readonly submission: Submission;
  /** Missing for the card of the subject itself. */
  readonly on?: 'notice' | 'list' | 'home';
  readonly outline?: Outline;
}

const idOfSubmission = (call: Call, once: string, submission: Submission): string =>
  ['teams', call.caller.workspace, call.caller.user, once, digest(submission)].join(' ');

const pressOf = (data: unknown, call: Call, verb?: string): Pressed | undefined => {
  const read = submissionSchema.safeParse(verb === undefined ? data : { ...Object(data ?? {}), interaction: verb });
  if (!read.success) return undefined;
  const { interaction, subject, card, carry, view: on, form: outline, once } = read.data;
  const submission: Submission = {
    interaction: interaction as InteractionId,
    ...(subject && { subject }),
    carry: carry ?? {},
    values: readFields(Object(data ?? {})),
  };
  return {
    call: {
      ...call,
      // A client that waits too long submits anew, as an activity of its own.
      id: once === undefined ? call.id : idOfSubmission(call, once, submission),
      interaction: submission.interaction,
      ...(subject && { subject }),
      ...(card && { on: card }),
      values: { ...submission.carry, ...submission.values },
    },
    submission,
    ...(on && { on }),
    ...(outline && { outline }),
  };
};

const executeSchema = z.object({ action: z.object({ verb: z.string(), data: z.unknown().optional() }) });
const dataSchema = z.object({ data: z.unknown().optional() });

/** A button that can answer with a card: `adaptiveCard/action`. */
export const executedPress = ({ value }: Activity, call: Call): Pressed | undefined => {
  const action = executeSchema.safeParse(value).data?.action;
  return action && pressOf(action.data, call, action.verb);
};

/** A button that opens a dialog, or what a dialog submits. */
export const dialogPress = ({ value }: Activity, call: Call): Pressed | undefined =>
  pressOf(dataSchema.safeParse(value).data?.data, call);

/** A button of an old client, which sends its data as a message without text. */
export const messagePress = ({ value, text }: Activity, call: Call): Pressed | undefined =>
  text ? undefined : pressOf(value, call);

const menuSchema = z.object({
  commandId: z.string().regex(/^menu\.[\w-]+$/),
  messagePayload: z
    .object({
      body: z.object({ content: z.string().nullish(), contentType: z.string().nullish() }).nullish(),
      createdDateTime: z.string().nullish(),
      linkToMessage: z.string().nullish(),
    })
    .nullish(),
});

type Payload = NonNullable<z.output<typeof menuSchema>['messagePayload']>;

const quoteOf = ({ body, createdDateTime, linkToMessage }: Payload): Quote => {
  const content = (body?.content ?? '').slice(0, limits.text);
  const saidAt = Date.parse(createdDateTime ?? '');
  return {
    text: (body?.contentType === 'text' ? plainFromMessage(content) : plainFromHtml(content)).trim(),
    ...(linkToMessage?.startsWith('https://') && { link: linkToMessage }),
    ...(Number.isNaN(saidAt) ? {} : { saidAt }),
  };
};

/** An entry of the message menu, 'menu.<command>', with the message it was chosen on. */
export const menuCommand = ({ value }: Activity, call: Call): CommandCall | undefined => {
  const menu = menuSchema.safeParse(value).data;
  if (!menu) return undefined;
  const quote = menu.messagePayload && quoteOf(menu.messagePayload);
  return { ...call, words: [menu.commandId.slice('menu.'.length)], ...(quote && { quote }) };
};

const linkSchema = z.object({ url: z.string().max(2_000) });

/**
 * A link that is pasted. Two people's own chats look personal, too; the one with Entente is none of the threads whose
 * names begin with 19.
 */
export const linkCall = ({ value }: Activity, call: Call): LinkCall | undefined => {
  const { data } = linkSchema.safeParse(value);
  const { spot } = call;
  return (
    data && { ...call, url: data.url, spot: { ...spot, direct: spot.direct && !spot.conversation.startsWith('19:') } }
  );
};
