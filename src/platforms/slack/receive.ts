/*
 * One listener per class of payload. Each parses, asks the core, and answers; Bolt holds the acknowledgement back until
 * the listener has ended, so whatever is acknowledged is committed.
 */
import type { App } from '@slack/bolt';
import { ZodError } from 'zod';
import type { Instant } from '../../core/ids.js';
import type { Log } from '../../core/log.js';
import type { Answer, Call, CommandCall, Inbound, PressCall } from '../../core/platform.js';
import type { NoticeView, View } from '../../core/view.js';
import type { Answers } from './answers.js';
import { botIn, type Heard, needsBot, readEvent, workspaceIn } from './events.js';
import { faultOf } from './faults.js';
import { type Inflight, withinMs } from './inflight.js';
import { patience } from './limits.js';
import { type Asked, readAction, readCommand, readSubmission, type Submitted, type Way } from './payloads.js';
import { SAY_AGAIN, sayAgainValue } from './press.js';
import { drawInvitation, drawMessage, drawModal, type Message, sentenceOf } from './render.js';
import { type Picked, readShortcut } from './shortcuts.js';
import { drawLinks, type Linked } from './unfurls.js';
import type { Removal } from './workspaces.js';

/** Everything a listener needs. */
export interface Desk {
  readonly inbound: Inbound;
  readonly answers: Answers;
  /** Entente was removed from somewhere. */
  readonly forget: (removal: Removal) => Promise<void>;
  readonly inflight: Inflight;
  readonly now: () => Instant;
  readonly log: Log;
}

const notice = (text: string): NoticeView => ({ kind: 'notice', text });

const formFailed = notice('The form did not open in time. Please try again.');

const ask = ({ inbound }: Desk, call: CommandCall | PressCall): Promise<Answer> =>
  'words' in call ? inbound.command(call) : inbound.press(call);

/**
 * For answers that no acknowledgement carries. It waits for them a moment, so that who presses again sees the answer
 * first, and no longer: they go on beside it, and losing one loses nothing that was said.
 */
const aside = async (desk: Desk, what: string, work: () => Promise<void>): Promise<void> => {
  const sent = work().catch((error: unknown) =>
    desk.log.warn({ what, reason: faultOf(error).reason }, 'answer not delivered'),
  );
  desk.inflight.track(sent);
  await withinMs(sent, patience.answerMs);
};

const opened = async (desk: Desk, { call, way }: Asked, view: View): Promise<boolean> => {
  if (way.trigger === undefined) return false;
  try {
    await desk.answers.open(way.trigger, view, call.spot);
    return true;
  } catch (error) {
    desk.log.warn({ call: call.id, reason: faultOf(error).reason }, 'window not opened');
    return false;
  }
};

/** The names of the fields that a payload got wrong; never their values. */
const unreadable = (error: unknown): readonly string[] =>
  error instanceof ZodError ? error.issues.map(({ path }) => path.join('.')) : [];

const privately = (message: Message) => ({ response_type: 'ephemeral' as const, ...message });

const onCommand = (app: App, desk: Desk): void =>
  app.command(/.*/, async ({ body, ack }) => {
    const startedAt = desk.now();
    const asked = readCommand(body);
    const { view } = await ask(desk, asked.call);
    if (view.kind === 'form' && (await opened(desk, asked, view))) return ack();
    const message = drawMessage(view.kind === 'form' ? formFailed : view);
    await ack(privately(message));
    // Slack has shown its own error by now and hears no acknowledgement any more, yet the command is stored.
    if (desk.now() - startedAt > patience.acknowledgementMs)
      await aside(desk, 'late command', () => desk.answers.tell(asked.way, message));
  });

const refreshHome = (desk: Desk, call: Call, { workspace, user }: Way): Promise<void> =>
  aside(desk, 'home', async () => {
    const { outcome, view } = await desk.inbound.home({ id: `${call.id}:home`, caller: call.caller, spot: call.spot });
    if (outcome === 'done') await desk.answers.publishHome({ workspace, user }, view);
  });

/** An opened card stands below the list that it was opened from; the next page of one takes the place of the last. */
const takesPlace = (view: View, { ephemeral, channel }: Way): boolean => {
  if (view.kind === 'list' && view.instead) return ephemeral === true || (channel?.startsWith('D') ?? false);
  return ephemeral === true && view.kind !== 'form' && view.kind !== 'record';
};

const answerPress = async (desk: Desk, asked: Asked, { view, outcome }: Answer): Promise<void> => {
  const { call, way } = asked;
  const { window } = way;
  if (window && !window.home)
    return aside(desk, 'window', () => desk.answers.replaceWindow(window.id, view, call.spot));
  if (window?.home) {
    await opened(desk, asked, view);
    return refreshHome(desk, call, way);
  }
  if (view.kind === 'form' && (await opened(desk, asked, view))) return;
  const message = drawMessage(view.kind === 'form' ? formFailed : view);
  const replace = outcome === 'done' && takesPlace(view, way);
  await aside(desk, 'press', () => desk.answers.tell(way, message, replace));
};

const onAction = (app: App, desk: Desk): void =>
  app.action(/.*/, async ({ body, ack }) => {
    const asked = readAction(body);
    await answerPress(desk, asked, await ask(desk, asked.call));
    await ack();
  });

const linked = async (desk: Desk, { call, unlinked }: Picked): Promise<CommandCall> => {
  if (!unlinked || !call.quote) return call;
  const link = await desk.answers.permalink(unlinked);
  return link === undefined ? call : { ...call, quote: { ...call.quote, link } };
};

const onShortcut = (app: App, desk: Desk): void =>
  app.shortcut(/.*/, async ({ body, ack }) => {
    const picked = readShortcut(body);
    if (!picked) return ack();
    const asked = { call: await linked(desk, picked), way: picked.way };
    await answerPress(desk, asked, await ask(desk, asked.call));
    await ack();
  });

/** What was typed stays on the screen after a refusal: the sentence stands beside its field, or beside the first one. */
const afterSubmission = ({ call, fields }: Submitted, { outcome, view, field }: Answer) => {
  const beside = field !== undefined && fields.includes(field) ? field : fields[0];
  return outcome === 'done' || beside === undefined
    ? { response_action: 'update' as const, view: drawModal(view, call.spot) }
    : { response_action: 'errors' as const, errors: { [beside]: sentenceOf(view) } };
};

const onSubmission = (app: App, desk: Desk): void =>
  app.view(/.*/, async ({ body, ack }) => {
    const submitted = readSubmission(body);
    const answer = await ask(desk, submitted.call);
    const { spot, caller } = submitted.call;
    // Forms opened from the home remember the person in the conversation's place.
    const fromHome = answer.outcome === 'done' && spot.conversation === caller.user;
    if (fromHome) await refreshHome(desk, submitted.call, submitted.way);
    await ack(afterSubmission(submitted, answer));
  });

const heardWords = async (desk: Desk, { call, way }: Asked): Promise<void> => {
  const { outcome, view } = await ask(desk, call);
  if (outcome === 'failed') throw new Error('nothing was saved');
  const said = 'words' in call ? call : { words: [] };
  const message = view.kind === 'form' ? drawInvitation(view, sayAgainValue(said), SAY_AGAIN) : drawMessage(view);
  await aside(desk, 'event', () => desk.answers.tell(way, message));
};

const heardHome = async (desk: Desk, call: Call, user: string): Promise<void> => {
  const { outcome, view } = await desk.inbound.home(call);
  if (outcome === 'failed') throw new Error('the home could not be read');
  await aside(desk, 'home', () => desk.answers.publishHome({ workspace: call.spot.workspace, user }, view));
};

/** Beside the acknowledgement: a link that shows nothing is still a link. */
const heardLinks = (desk: Desk, linked: Linked): Promise<void> =>
  aside(desk, 'link', async () => {
    const unfurls = await drawLinks(desk.inbound, linked);
    if (Object.keys(unfurls).length > 0) await desk.answers.showLinks(linked, unfurls);
  });

/** What cannot be read now cannot be read when it is told again: it is logged and let go. */
const understood = (desk: Desk, body: unknown, bot: string | undefined): Heard | undefined => {
  try {
    return readEvent(body, bot);
  } catch (error) {
    desk.log.warn({ fields: unreadable(error) }, 'event not understood');
    return undefined;
  }
};

/** A failure here becomes a 500, so that Slack tells it again. */
const onEvent = (app: App, desk: Desk): void =>
  app.event(/.*/, async ({ body, event }) => {
    const bot = botIn(body) ?? (needsBot(event.type) ? await desk.answers.botUser(workspaceIn(body)) : undefined);
    const heard = understood(desk, body, bot);
    if (!heard) return;
    switch (heard.kind) {
      case 'words':
        return heardWords(desk, heard);
      case 'home':
        return heardHome(desk, heard.call, heard.user);
      case 'links':
        return heardLinks(desk, heard);
      case 'notification':
        return desk.inbound.notify(heard.notification);
      case 'removal':
        return desk.forget(heard.removal);
      default:
        return heard satisfies never;
    }
  });

export const listen = (app: App, desk: Desk): void => {
  onCommand(app, desk);
  onAction(app, desk);
  onShortcut(app, desk);
  onSubmission(app, desk);
  onEvent(app, desk);
  // Rethrown, or Bolt would acknowledge what failed.
  app.error(async (error) => {
    desk.log.warn({ error: error.name, fields: unreadable(error.original ?? error) }, 'call not acknowledged');
    throw error;
  });
};
