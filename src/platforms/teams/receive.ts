import { DeliveryError } from '../../core/errors.js';
import type { Answer, Call, Inbound, Notification } from '../../core/platform.js';
import type { Activity } from './activity.js';
import { type Answers, type HttpAnswer, isBeside } from './answers.js';
import type { Consent } from './consent.js';
import { isTeamWide, notificationsOf } from './events.js';
import {
  callOf,
  commandOf,
  dialogPress,
  executedPress,
  linkCall,
  menuCommand,
  messagePress,
  type Pressed,
} from './payloads.js';
import type { People } from './people.js';
import type { Channel, Rosters } from './readers.js';
import type { Respond } from './respond.js';

export interface ReceiverParts {
  readonly inbound: Inbound;
  readonly respond: Respond;
  readonly answers: Answers;
  readonly people: People;
  readonly consent: Pick<Consent, 'read'>;
  readonly rosters: Pick<Rosters, 'channelsOf' | 'changed'>;
}

/** Handles one activity; resolves to its HTTP answer once everything is committed and answered. */
export type Receive = (activity: Activity) => Promise<HttpAnswer>;

const taken: HttpAnswer = { status: 200 };
const malformed: HttpAnswer = { status: 400 };
const unknown: HttpAnswer = { status: 501 };

const takeMessage = async ({ inbound, respond, people }: ReceiverParts, activity: Activity): Promise<HttpAnswer> => {
  const call = callOf(activity);
  if (!call) return taken;
  const pressed = messagePress(activity, call);
  if (pressed) {
    await respond(activity, pressed.call, await inbound.press(pressed.call), { pressed });
    return taken;
  }
  const command = commandOf(activity, call, await people.identify(activity));
  if (command.words.length > 0) await respond(activity, call, await inbound.command(command));
  else await respond(activity, call, await inbound.home(call), { home: true });
  return taken;
};

/** The home as it is after what was pressed on it. */
const homeAgain = async (inbound: Inbound, pressed: Pressed, answer: Answer): Promise<Answer | undefined> =>
  pressed.on === 'home' && answer.outcome === 'done' && answer.view.kind === 'notice'
    ? inbound.home(pressed.call)
    : undefined;

const takeExecute = async (
  { inbound, answers, respond }: ReceiverParts,
  activity: Activity,
  call: Call,
): Promise<HttpAnswer> => {
  const pressed = executedPress(activity, call);
  if (!pressed) return malformed;
  const answer = await inbound.press(pressed.call);
  // On the card itself it would be gone, with its Undo, as soon as the card follows.
  if (isBeside(answer, pressed)) await respond(activity, pressed.call, { outcome: answer.outcome, view: answer.view });
  return answers.execute(answer, pressed, await homeAgain(inbound, pressed, answer));
};

const takeDialog = async ({ inbound, answers }: ReceiverParts, activity: Activity, call: Call): Promise<HttpAnswer> => {
  const pressed = dialogPress(activity, call);
  return pressed ? answers.dialog(await inbound.press(pressed.call), pressed) : malformed;
};

const takeMenu = async ({ inbound, answers }: ReceiverParts, activity: Activity, call: Call): Promise<HttpAnswer> => {
  const command = menuCommand(activity, call);
  return command ? answers.dialog(await inbound.command(command)) : malformed;
};

/** Pasted into what somebody writes; Teams asks before it is sent. */
const takeLink = async ({ inbound, answers }: ReceiverParts, activity: Activity, call: Call): Promise<HttpAnswer> => {
  const link = linkCall(activity, call);
  return link ? answers.link(await inbound.unfurl(link)) : malformed;
};

const forged: HttpAnswer = { status: 403 };

/** Whether somebody takes a file: what comes of it is shown by the card that asked them. */
const takeConsent = async (
  { inbound, respond, consent }: ReceiverParts,
  activity: Activity,
  call: Call,
): Promise<HttpAnswer> => {
  const press = consent.read(activity, call);
  if (!press) return forged;
  const answer = await inbound.press(press);
  if (answer.outcome !== 'done') await respond(activity, call, answer);
  return taken;
};

const takeInvoke = async (parts: ReceiverParts, activity: Activity): Promise<HttpAnswer> => {
  const call = callOf(activity);
  if (!call) return malformed;
  switch (activity.name) {
    case 'adaptiveCard/action':
      return takeExecute(parts, activity, call);
    case 'task/fetch':
    case 'task/submit':
    case 'composeExtension/submitAction':
      return takeDialog(parts, activity, call);
    case 'composeExtension/queryLink':
      return takeLink(parts, activity, call);
    case 'fileConsent/invoke':
      return takeConsent(parts, activity, call);
    case 'composeExtension/fetchTask':
      return takeMenu(parts, activity, call);
    default:
      return unknown;
  }
};

/** Teams tells an install in several events; only one of them is greeted. */
const greet = async ({ inbound, respond }: ReceiverParts, activity: Activity): Promise<void> => {
  const call = callOf(activity);
  if (activity.type !== 'installationUpdate' || activity.action !== 'add' || !call?.spot.direct) return;
  const answer = await inbound.home(call);
  if (answer.outcome !== 'failed') await respond(activity, call, answer, { home: true });
};

/** Who comes to a team or leaves it reads all its channels; which of them are bound, the core knows. */
const everywhere = async (
  { rosters }: ReceiverParts,
  activity: Activity,
  event: Notification,
): Promise<readonly Notification[]> => {
  const { spot } = event;
  const team = activity.channelData?.team?.id;
  if (event.kind !== 'readers' || !spot || team === undefined || !isTeamWide(activity)) return [event];
  // Where Teams does not list them, the hourly look finds the others.
  const channels = await rosters.channelsOf(team, spot).catch(unlisted);
  const standard = channels.filter(({ type }) => type === undefined || type === 'standard');
  if (standard.length === 0) return [event];
  const { serviceUrl } = activity;
  return standard.map(({ id, type }) => ({
    ...event,
    spot: { ...spot, conversation: id, detail: { serviceUrl, team, ...(type && { type }) } },
  }));
};

const unlisted = (error: unknown): readonly Channel[] => {
  if (!(error instanceof DeliveryError)) throw error;
  return [];
};

const takeEvent = async (parts: ReceiverParts, activity: Activity): Promise<HttpAnswer> => {
  parts.rosters.changed();
  for (const told of notificationsOf(activity))
    for (const event of await everywhere(parts, activity, told)) await parts.inbound.notify(event);
  await greet(parts, activity);
  return taken;
};

/** Somebody speaks: in a shared channel it may be one of another tenant. */
const takeSpeech = async (parts: ReceiverParts, told: Activity): Promise<HttpAnswer> => {
  const activity = await parts.people.place(told);
  return activity.type === 'message' ? takeMessage(parts, activity) : takeInvoke(parts, activity);
};

export const createReceiver =
  (parts: ReceiverParts): Receive =>
  async (activity) => {
    parts.people.meet(activity);
    switch (activity.type) {
      case 'message':
      case 'invoke':
        return takeSpeech(parts, activity);
      case 'installationUpdate':
      case 'conversationUpdate':
        return takeEvent(parts, activity);
      default:
        return taken;
    }
  };
