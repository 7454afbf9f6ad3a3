/*
 * A call -> one transaction -> a view.
 *
 * Whoever calls is resolved first, on the read side: that is where the scope of the transaction is known from. Inside
 * it: the receipt of an earlier delivery, the handler, the new receipt. Nothing is answered before the commit.
 */

import type { Ctx } from './context.js';
import type { Store, Tx } from './db/store.js';
import { storable } from './db/text.js';
import { presentCard } from './delivery.js';
import { directoryOf } from './directory/reads.js';
import { isStale, refreshAddresses } from './directory/refresh.js';
import { type Resolved, resolveCall, resolveMentions } from './directory/resolve.js';
import { writeSurely } from './doubt.js';
import { Refusal } from './errors.js';
import type { Command, Feature, Interaction, Said } from './feature.js';
import { homeView } from './home.js';
import type { Instant } from './ids.js';
import type { Log } from './log.js';
import { observeNotification } from './notifications.js';
import type { Answer, Call, CommandCall, Inbound, PressCall, Quote, Word } from './platform.js';
import { findReceipt, keepReceipt, receiptIdOf } from './receipts.js';
import type { View } from './view.js';
import { commandsOf, findCommand, helpView, parseWords, plainWords } from './words.js';
import { createCtx } from './work.js';

export interface InboundParts {
  readonly store: Store;
  readonly features: ReadonlyMap<string, Feature>;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly log: Log;
  /** Called after a commit that may have wished for cards. */
  readonly nudge: () => void;
  /** Milliseconds that a commit whose outcome is not known is looked after; a few seconds unless told. */
  readonly doubtMs?: number;
}

const notice = (text: string): View => ({ kind: 'notice', text });

const failedAnswer: Answer = {
  outcome: 'failed',
  view: notice('Something went wrong on our side and nothing was saved. Please try again in a minute.'),
};

const clean = (word: Word): Word =>
  typeof word === 'string' ? storable(word) : { ...word, name: storable(word.name) };

const cleanValues = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, storable(value)]));

const cleanQuote = (quote: Quote): Quote => ({ ...quote, text: storable(quote.text) });

type Handler = (ctx: Ctx) => Promise<View>;

const runOnce = async (
  parts: InboundParts,
  call: Call,
  resolved: Resolved,
  feature: string,
  handle: Handler,
  quote?: Quote,
): Promise<View> => {
  const receipt = receiptIdOf(call);
  const work = async (tx: Tx): Promise<View> => {
    const before = await findReceipt(tx, receipt);
    if (before) return before;
    if (isStale(resolved.stored, call)) await refreshAddresses(tx, resolved.stored, call);
    const now = parts.now();
    const given = { tx, now, newId: parts.newId, alliance: resolved.actor.alliance, feature };
    const view = await handle(createCtx(given, resolved, quote));
    await keepReceipt(tx, receipt, view, now);
    tx.afterCommit(parts.nudge);
    return view;
  };
  return writeSurely(() => parts.store.write(work, { scope: resolved.actor.alliance }), parts.doubtMs);
};

/**
 * The pressed card as it is after the commit, for platforms that answer a press with the new card. What was committed
 * stays so when it cannot be drawn: then there is none.
 */
const pressedCard = (parts: InboundParts, call: PressCall, { place }: Resolved): Promise<View | undefined> => {
  const { subject } = call;
  if (!subject) return Promise.resolve(undefined);
  return parts.store
    .snapshot((db) =>
      presentCard(parts.features, subject, { db, now: parts.now(), directory: directoryOf(db) }, place.audience),
    )
    .catch((error: unknown) => {
      parts.log.error({ call: call.id, err: error }, 'pressed card not drawn');
      return undefined;
    });
};

const guarded = async (parts: InboundParts, call: Call, work: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) {
      parts.log.info({ call: call.id, code: error.code }, 'refused');
      return { outcome: 'refused', view: notice(error.sentence), field: error.field };
    }
    parts.log.error({ call: call.id, err: error }, 'call failed');
    return failedAnswer;
  }
};

const findInteraction = (features: ReadonlyMap<string, Feature>, id: string): Interaction => {
  const [name = ''] = id.split('.');
  const found = features.get(name)?.interactions?.find((candidate) => candidate.id === id);
  if (!found) throw new Refusal('unknown-button', 'This button is from an older version of Entente. Use a newer card.');
  return found;
};

const ownerOf = (features: ReadonlyMap<string, Feature>, command: Command): string =>
  [...features.values()].find((feature) => feature.commands?.includes(command))?.name ?? '';

export const createInbound = (parts: InboundParts): Inbound => {
  const { features, store } = parts;
  const commands = commandsOf(features.values());

  const home = async (call: Call): Promise<Answer> => {
    const view = await store.snapshot(async (db) => {
      const { actor, place } = await resolveCall(db, call);
      const read = { db, now: parts.now(), directory: directoryOf(db) };
      return homeView([...features.values()], commands, actor, read, place.audience);
    });
    return { outcome: 'done', view };
  };

  const command = async (call: CommandCall): Promise<Answer> => {
    const { name, rest } = parseWords(call.words.map(clean));
    if (name === '' && rest.length === 0) return home(call);
    const resolved = await resolveCall(store.read, call);
    if (name === 'help') return { outcome: 'done', view: helpView(commands) };
    const found = findCommand(name, commands);
    const people = await resolveMentions(store.read, resolved.actor.alliance, call.caller.platform, rest);
    const said: Said = { text: plainWords(rest, people), people };
    const quote = call.quote && cleanQuote(call.quote);
    const view = await runOnce(parts, call, resolved, ownerOf(features, found), (ctx) => found.run(said, ctx), quote);
    return { outcome: 'done', view };
  };

  const press = async (call: PressCall): Promise<Answer> => {
    const resolved = await resolveCall(store.read, call);
    const found = findInteraction(features, call.interaction);
    const [feature = ''] = call.interaction.split('.');
    const values = cleanValues(call.values);
    const view = await runOnce(parts, call, resolved, feature, (ctx) =>
      found.run({ subject: call.subject, values }, ctx),
    );
    return { outcome: 'done', view, card: await pressedCard(parts, call, resolved) };
  };

  return {
    command: (call) => guarded(parts, call, () => command(call)),
    press: (call) => guarded(parts, call, () => press(call)),
    home: (call) => guarded(parts, call, () => home(call)),
    notify: (event) => observeNotification(parts, event),
  };
};
