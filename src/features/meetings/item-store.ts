/* The item that a button is about, with its meeting. */
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Press } from '../../core/feature.js';
import { checkAgendaOpen, type Item } from './agenda-rules.js';
import { getItem } from './agenda-store.js';
import { checkShared, pressedMeeting } from './choosing-commands.js';
import type { Meeting } from './rules.js';
import { readKind } from './views.js';

export interface Pressed {
  readonly item: Item;
  readonly meeting: Meeting;
}

/** @throws Refusal where it cannot be read */
export const pressedItem = async ({ subject }: Pick<Press, 'subject'>, ctx: Ctx): Promise<Pressed> => {
  const { kind, rest } = readKind(subject?.id ?? '');
  const item = kind === 'item' ? await getItem(ctx.db, rest, ctx.place.audience) : undefined;
  if (!item) throw new Refusal('no-item', "You can read no such item here. Say 'meeting agenda' for what there is.");
  return { item, meeting: await pressedMeeting(item.meeting, ctx) };
};

/** The same to change something of it. @throws Refusal also for a meeting that is over, and where a company is by itself */
export const changeableItem = async (press: Pick<Press, 'subject'>, ctx: Ctx): Promise<Pressed> => {
  checkShared(ctx);
  const pressed = await pressedItem(press, ctx);
  checkAgendaOpen(pressed.meeting);
  return pressed;
};
