/*
 * The private address at which one's own calendar reads one's meetings. Like one's quiet it is nobody else's business, and
 * no history tells of it.
 */
import { UNREACHABLE } from '../../core/calendar/adding.js';
import {
  addressOf,
  renewSubscription,
  type Subscription,
  stopSubscription,
  subscribe,
} from '../../core/calendar/subscriptions.js';
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { View } from '../../core/view.js';
import { addressNotice, stoppedNotice } from './address-views.js';

/** @throws Refusal where no calendar could read it */
const tell = async (give: () => Promise<Subscription>, ctx: Ctx, fresh?: true): Promise<View> => {
  const { publicUrl, derive, directory, alliance } = ctx;
  if (publicUrl === undefined) throw new Refusal('unreachable', UNREACHABLE);
  const url = addressOf(publicUrl, await give(), derive);
  return addressNotice({ url, alliance: await directory.allianceName(alliance), ...(fresh && { fresh }) });
};

export const showAddress = (ctx: Ctx): Promise<View> => tell(() => subscribe(ctx, ctx.actor.person), ctx);

/** The one before stops working at once. @throws Refusal */
export const renewAddress = (ctx: Ctx): Promise<View> =>
  tell(() => renewSubscription(ctx, ctx.actor.person), ctx, true);

export const stopAddress = async ({ db, alliance, now, actor }: Ctx): Promise<View> =>
  stoppedNotice(await stopSubscription(db, { alliance, person: actor.person, now }));
