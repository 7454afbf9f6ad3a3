/*
 * Messages that somebody points at, to make records of them: what was said there, and whether it was taken already.
 */
import type { Ctx } from './context.js';
import type { Db } from './db/store.js';
import { storable } from './db/text.js';
import { presentCard } from './delivery.js';
import { findSourced } from './entries/entries.js';
import { DeliveryError, Refusal } from './errors.js';
import type { Command, Feature } from './feature.js';
import type { PlatformId } from './ids.js';
import type { Log } from './log.js';
import type { CommandCall, Platform, PressCall, Quote } from './platform.js';
import { findReceipt, receiptIdOf } from './receipts.js';
import type { Button, InteractionId, View } from './view.js';

interface QuotingParts {
  readonly platforms: ReadonlyMap<PlatformId, Pick<Platform, 'quoted'>>;
  readonly log: Log;
}

/** Pressed to make another record of a message that was taken before. */
export const ANOTHER: InteractionId = 'entente.another';

/** What is taken again, kept with the answer that offers it: a button has no room for a whole message. */
export interface Taken {
  readonly word: string;
  readonly quote: Quote;
}

/** The message that a command takes along; what was replied to is looked up, and done without when it cannot be. */
export const quotedWith = async (
  { platforms, log }: QuotingParts,
  { spot, quote, replied, id }: CommandCall,
  { menu }: Command,
  words: boolean,
): Promise<Quote | undefined> => {
  if (quote) return { ...quote, text: storable(quote.text) };
  if (!replied || menu === undefined) return undefined;
  try {
    const found = await platforms.get(spot.platform)?.quoted?.(spot, replied, !words);
    return found && { ...found, text: storable(found.text) };
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    log.warn({ call: id, reason: error.reason }, 'message replied to not read');
    return undefined;
  }
};

/** The card of the record that was made of the message before, where the caller reads it; `call` is asked for once more. */
export const takenBefore = async (
  ctx: Ctx,
  features: ReadonlyMap<string, Feature>,
  feature: string,
  { link }: Quote,
  call: string,
): Promise<View | undefined> => {
  if (link === undefined) return undefined;
  const { audience } = ctx.place;
  const found = await findSourced(ctx.db, { link, partner: ctx.actor.partner.id }, audience, feature);
  const card = found && (await presentCard(features, found.subject, ctx, audience));
  if (card?.kind !== 'record') return undefined;
  const another: Button = { id: ANOTHER, label: 'Log another one', carry: { call }, opensWindow: true };
  return {
    ...card,
    summary: `This message is logged already. ${card.summary}`,
    facts: [{ label: 'This message', text: `Logged already as ${card.label}` }, ...card.facts],
    buttons: [...card.buttons, another],
  };
};

/** What the pressed button asks to take again. @throws Refusal once that is kept no more */
export const takenAgain = async (db: Db, call: PressCall): Promise<Taken> => {
  const kept = await findReceipt(db, receiptIdOf({ ...call, id: call.values.call ?? '' }));
  const taken = kept && 'taken' in kept ? (kept.taken as Taken) : undefined;
  if (taken) return taken;
  throw new Refusal('asked-long-ago', 'This was asked some days ago. Choose it from the message’s menu again.');
};
