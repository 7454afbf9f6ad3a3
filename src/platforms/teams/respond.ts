import { DeliveryError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import type { Answer, Call } from '../../core/platform.js';
import type { View } from '../../core/view.js';
import { type Activity, tenantOf } from './activity.js';
import { formAgain } from './forms.js';
import type { Pressed } from './payloads.js';
import type { Sender } from './send.js';
import type { Thread } from './writer.js';

export interface Asked {
  /** What was pressed, where it was no word. */
  readonly pressed?: Pressed;
  /** The answer is the home, which is drawn anew when something on it is pressed. */
  readonly home?: true;
}

/** Answers a message: in the chat, or beside the channel where everybody would read it. */
export type Respond = (activity: Activity, call: Call, answer: Answer, asked?: Asked) => Promise<void>;

export interface ResponderParts {
  readonly sender: Sender;
  /** True for a tenant that takes part or has installed Entente. */
  readonly allows: (tenant: string) => Promise<boolean>;
  readonly log: Log;
}

/** Teams delivers a message once, so the person has to. */
const notSaved = 'Nothing was saved. Please send it again.';

/** For somebody whose company Entente does not know: nothing could be written to them directly. */
const toStranger =
  'I answer the people of the companies that work together here; ask whoever invited you to speak for you.';

const isForeign = ({ caller, spot }: Call): boolean => caller.workspace !== spot.workspace;

const privately = (call: Call, { outcome }: Answer): string => {
  const where = isForeign(call) ? ' in your own company’s Teams' : '';
  return `Only you should see ${outcome === 'refused' ? 'why' : 'this'}: write to me directly${where}.`;
};

const threadOf = (activity: Activity): Thread => ({
  workspace: tenantOf(activity),
  conversation: activity.conversation.id,
  serviceUrl: activity.serviceUrl,
});

/** The answer as views: a refused form comes back with what was typed, the reason in front of it. */
const viewsOf = (answer: Answer, pressed: Pressed | undefined): readonly View[] =>
  answer.outcome === 'refused' && pressed?.outline
    ? [answer.view, formAgain(pressed.outline, pressed.submission)]
    : [answer.view];

/** False when the platform did not take it. An answer is no card: it is not tried again. */
const attempt = async (log: Log, call: Call, send: () => Promise<void>): Promise<boolean> => {
  try {
    await send();
    return true;
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    log.warn({ call: call.id, reason: error.reason }, 'answer not delivered');
    return false;
  }
};

export const createResponder = ({ sender, allows, log }: ResponderParts): Respond => {
  const say = async (call: Call, thread: Thread, views: readonly (View | string)[], home?: true): Promise<void> => {
    for (const view of views) if (!(await attempt(log, call, () => sender.reply(thread, view, home)))) return;
  };

  const sayBesideChannel = async (call: Call, thread: Thread, answer: Answer, home?: true): Promise<void> => {
    // There the card itself is the answer.
    if (answer.shown) return;
    if (isForeign(call) && !(await allows(call.caller.workspace))) return say(call, thread, [toStranger]);
    const { view } = answer;
    const whispered = await attempt(log, call, () => sender.whisper(call, view, home));
    const open = view.kind === 'form' && !view.private;
    if (!whispered) await say(call, thread, [open ? view : privately(call, answer)]);
  };

  return async (activity, call, answer, { pressed, home } = {}) => {
    const thread = threadOf(activity);
    if (answer.outcome === 'failed') return say(call, thread, [notSaved]);
    if (call.spot.direct) return say(call, thread, viewsOf(answer, pressed), home);
    return sayBesideChannel(call, thread, answer, home);
  };
};
