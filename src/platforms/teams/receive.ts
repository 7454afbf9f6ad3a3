import { DeliveryError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { Answer, Call, Inbound } from '../../core/platform.js';
import type { View } from '../../core/view.js';
import { type Activity, tenantOf } from './activity.js';
import type { Answers, HttpAnswer } from './answers.js';
import { notificationsOf } from './events.js';
import { formAgain } from './forms.js';
import { callOf, commandOf, dialogPress, executedPress, menuCommand, messagePress, type Pressed } from './payloads.js';
import type { People } from './people.js';
import type { Sender, Thread } from './send.js';

export interface ReceiverParts {
  readonly inbound: Inbound;
  readonly sender: Sender;
  readonly answers: Answers;
  readonly people: People;
  readonly log: Log;
}

/** Handles one activity; resolves to its HTTP answer once everything is committed and answered. */
export type Receive = (activity: Activity) => Promise<HttpAnswer>;

const taken: HttpAnswer = { status: 200 };
const malformed: HttpAnswer = { status: 400 };
const unknown: HttpAnswer = { status: 501 };

/** Teams delivers a message once, so the person has to. */
const notSaved = 'Nothing was saved. Please send it again.';
const privately = (answer: Answer): string =>
  answer.outcome === 'refused'
    ? 'Only you should see why: write to me directly.'
    : 'Only you should see this: write to me directly.';

const threadOf = (activity: Activity): Thread => ({
  workspace: tenantOf(activity),
  conversation: activity.conversation.id,
  serviceUrl: activity.serviceUrl,
});

/** A message's answer as a view: a refused form comes back with what was typed, the reason in front of it. */
const viewsOf = (answer: Answer, pressed: Pressed | undefined): readonly View[] =>
  answer.outcome === 'refused' && pressed?.outline
    ? [answer.view, formAgain(pressed.outline, pressed.submission)]
    : [answer.view];

const createResponder = ({ sender, log }: ReceiverParts) => {
  /** False when the platform did not take it. An answer is no card: it is not tried again. */
  const attempt = async (call: Call, send: () => Promise<void>): Promise<boolean> => {
    try {
      await send();
      return true;
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      log.warn({ call: call.id, reason: error.reason }, 'answer not delivered');
      return false;
    }
  };

  const inConversation = async (call: Call, thread: Thread, views: readonly (View | string)[]): Promise<void> => {
    for (const view of views) if (!(await attempt(call, () => sender.reply(thread, view)))) return;
  };

  /** Everybody in a channel reads what is said there: an answer that is for one person goes to that person's chat. */
  const besideChannel = async (call: Call, thread: Thread, answer: Answer): Promise<void> => {
    const { view } = answer;
    if (answer.outcome === 'done' && view.kind === 'notice') return;
    const whispered = await attempt(call, () => sender.whisper(call.caller, thread.serviceUrl, view));
    if (!whispered) await inConversation(call, thread, [view.kind === 'form' ? view : privately(answer)]);
  };

  return async (activity: Activity, call: Call, answer: Answer, pressed?: Pressed): Promise<void> => {
    const thread = threadOf(activity);
    if (answer.outcome === 'failed') return inConversation(call, thread, [notSaved]);
    if (call.spot.direct) return inConversation(call, thread, viewsOf(answer, pressed));
    return besideChannel(call, thread, answer);
  };
};

export const createReceiver = (parts: ReceiverParts): Receive => {
  const { inbound, answers, people } = parts;
  const respond = createResponder(parts);

  const message = async (activity: Activity): Promise<HttpAnswer> => {
    const call = callOf(activity);
    if (!call) return taken;
    const pressed = messagePress(activity, call);
    if (pressed) {
      await respond(activity, pressed.call, await inbound.press(pressed.call), pressed);
      return taken;
    }
    const command = commandOf(activity, call, await people.identify(activity));
    const answer = command.words.length === 0 ? await inbound.home(call) : await inbound.command(command);
    await respond(activity, call, answer);
    return taken;
  };

  const execute = async (activity: Activity, call: Call): Promise<HttpAnswer> => {
    const pressed = executedPress(activity, call);
    return pressed ? answers.execute(await inbound.press(pressed.call), pressed) : malformed;
  };

  const dialog = async (activity: Activity, call: Call): Promise<HttpAnswer> => {
    const pressed = dialogPress(activity, call);
    return pressed ? answers.dialog(await inbound.press(pressed.call), pressed) : malformed;
  };

  const menu = async (activity: Activity, call: Call): Promise<HttpAnswer> => {
    const command = menuCommand(activity, call);
    return command ? answers.dialog(await inbound.command(command)) : malformed;
  };

  const invoke = async (activity: Activity): Promise<HttpAnswer> => {
    const call = callOf(activity);
    if (!call) return malformed;
    switch (activity.name) {
      case 'adaptiveCard/action':
        return execute(activity, call);
      case 'task/fetch':
      case 'task/submit':
      case 'composeExtension/submitAction':
        return dialog(activity, call);
      case 'composeExtension/fetchTask':
        return menu(activity, call);
      default:
        return unknown;
    }
  };

  /** Teams tells an install in several events; only this one is greeted. */
  const greet = async (activity: Activity): Promise<void> => {
    const call = callOf(activity);
    if (activity.type !== 'installationUpdate' || activity.action !== 'add' || !call?.spot.direct) return;
    const answer = await inbound.home(call);
    if (answer.outcome !== 'failed') await respond(activity, call, answer);
  };

  const event = async (activity: Activity): Promise<HttpAnswer> => {
    for (const notification of notificationsOf(activity)) await inbound.notify(notification);
    await greet(activity);
    return taken;
  };

  return async (activity) => {
    people.meet(activity);
    switch (activity.type) {
      case 'message':
        return message(activity);
      case 'invoke':
        return invoke(activity);
      case 'installationUpdate':
      case 'conversationUpdate':
        return event(activity);
      default:
        return taken;
    }
  };
};
