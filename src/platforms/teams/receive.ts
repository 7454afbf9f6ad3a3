import type { Call, Inbound } from '../../core/platform.js';
import type { Activity } from './activity.js';
import type { Answers, HttpAnswer } from './answers.js';
import { notificationsOf } from './events.js';
import { callOf, commandOf, dialogPress, executedPress, menuCommand, messagePress } from './payloads.js';
import type { People } from './people.js';
import type { Respond } from './respond.js';

export interface ReceiverParts {
  readonly inbound: Inbound;
  readonly respond: Respond;
  readonly answers: Answers;
  readonly people: People;
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
    await respond(activity, pressed.call, await inbound.press(pressed.call), pressed);
    return taken;
  }
  const command = commandOf(activity, call, await people.identify(activity));
  await respond(activity, call, await (command.words.length === 0 ? inbound.home(call) : inbound.command(command)));
  return taken;
};

const takeExecute = async (
  { inbound, answers }: ReceiverParts,
  activity: Activity,
  call: Call,
): Promise<HttpAnswer> => {
  const pressed = executedPress(activity, call);
  return pressed ? answers.execute(await inbound.press(pressed.call), pressed) : malformed;
};

const takeDialog = async ({ inbound, answers }: ReceiverParts, activity: Activity, call: Call): Promise<HttpAnswer> => {
  const pressed = dialogPress(activity, call);
  return pressed ? answers.dialog(await inbound.press(pressed.call), pressed) : malformed;
};

const takeMenu = async ({ inbound, answers }: ReceiverParts, activity: Activity, call: Call): Promise<HttpAnswer> => {
  const command = menuCommand(activity, call);
  return command ? answers.dialog(await inbound.command(command)) : malformed;
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
  if (answer.outcome !== 'failed') await respond(activity, call, answer);
};

const takeEvent = async (parts: ReceiverParts, activity: Activity): Promise<HttpAnswer> => {
  for (const notification of notificationsOf(activity)) await parts.inbound.notify(notification);
  await greet(parts, activity);
  return taken;
};

export const createReceiver =
  (parts: ReceiverParts): Receive =>
  async (activity) => {
    parts.people.meet(activity);
    switch (activity.type) {
      case 'message':
        return takeMessage(parts, activity);
      case 'invoke':
        return takeInvoke(parts, activity);
      case 'installationUpdate':
      case 'conversationUpdate':
        return takeEvent(parts, activity);
      default:
        return taken;
    }
  };
