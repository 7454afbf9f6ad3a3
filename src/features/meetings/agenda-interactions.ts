/* What is pressed on an agenda, and done at once. */
import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import type { Instant } from '../../core/ids.js';
import { shorten } from '../../core/sentences.js';
import { checkUndo } from '../../core/undoing.js';
import type { Button, View } from '../../core/view.js';
import { asQuestion, asTitle, itemLimits, ownersAmong } from './agenda-draft-rules.js';
import { showAgenda } from './agenda-list-commands.js';
import { openOffers, sameSubject } from './agenda-list-views.js';
import {
  checkAgendaOpen,
  checkItemOpen,
  checkProposed,
  checkRoomFor,
  type Item,
  type ItemStatus,
  placeOf,
} from './agenda-rules.js';
import { listItems, nextPosition, saveItem } from './agenda-store.js';
import { agendaNotice, itemButton, whatOf } from './agenda-views.js';
import { checkShared, pressedMeeting } from './choosing-commands.js';
import { deleteGuest, listGuests } from './guest-store.js';
import { moveItem } from './item-commands.js';
import { changeableItem } from './item-store.js';
import { KEPT } from './need-store.js';
import { askItem, proposedNotice, proposeItem } from './proposing-commands.js';
import { labelOf, type Meeting } from './rules.js';
import { subjectOf } from './views.js';

/** Set where it was pressed in the list, which is shown again then; elsewhere a sentence answers. */
const page = z.coerce.number().int().min(0).max(1_000).optional().catch(undefined);
const paged = z.object({ page });

const answer = (
  said: string,
  meeting: Meeting,
  from: number | undefined,
  ctx: Ctx,
  buttons: readonly Button[] = [],
): Promise<View> | View =>
  from === undefined ? agendaNotice(said, meeting, buttons) : showAgenda(meeting, ctx, from, { said, buttons });

const agenda = interaction({
  id: 'meetings.agenda',
  values: paged,
  run: async ({ subject, values }, ctx) => showAgenda(await pressedMeeting(subject?.id, ctx), ctx, values.page),
});

const propose = interaction({
  id: 'meetings.propose',
  values: z.object({}),
  run: async ({ subject }, ctx) => askItem(await pressedMeeting(subject?.id, ctx), ctx),
});

const accept = interaction({
  id: 'meetings.accept-item',
  values: paged,
  run: async (press, ctx) => {
    const { item, meeting } = await changeableItem(press, ctx);
    checkProposed(item);
    const position = await nextPosition(ctx.db, meeting.id);
    await saveItem(ctx.db, { ...item, status: 'accepted', position });
    await ctx.record(subjectOf(meeting.id), 'item-accepted', { item: item.id, title: item.title });
    return answer(`'${whatOf(item)}' stands on the agenda of ${labelOf(meeting)}.`, meeting, press.values.page, ctx);
  },
});

const move = interaction({
  id: 'meetings.move-item',
  values: z.object({ page, to: z.coerce.number().int().min(1).max(1_000) }),
  run: async (press, ctx) => {
    const { item, meeting } = await changeableItem(press, ctx);
    await moveItem(item, press.values.to, meeting, ctx);
    const items = await listItems(ctx.db, meeting.id, ctx.place.audience);
    return answer(`'${item.title}' is item ${placeOf(items, item.id)} now.`, meeting, press.values.page, ctx);
  },
});

const remove = interaction({
  id: 'meetings.remove-item',
  values: paged,
  run: async (press, ctx) => {
    const { item, meeting } = await changeableItem(press, ctx);
    if (item.status !== 'declined') checkItemOpen(item);
    if (meeting.item?.id === item.id)
      throw new Refusal('item-open', `The room is at '${item.title}' just now. Say Next first.`);
    await saveItem(ctx.db, { ...item, status: 'removed' });
    await ctx.record(subjectOf(meeting.id), 'item-removed', { item: item.id, title: item.title, was: item.status });
    const said = `'${item.title}' is removed from the agenda of ${labelOf(meeting)}.`;
    return answer(said, meeting, press.values.page, ctx, [itemButton('undo-remove', item, press.values.page)]);
  },
});

interface Removal {
  readonly at: Instant;
  readonly was: ItemStatus;
}

const restorable: readonly ItemStatus[] = ['proposed', 'accepted', 'declined'];

/** When it was removed the last time, and how it stood before. */
const removalOf = async (item: Item, ctx: Ctx): Promise<Removal | undefined> => {
  const entries = await ctx.history(subjectOf(item.meeting));
  const entry = entries.filter(({ verb, detail }) => verb === 'item-removed' && detail.item === item.id).at(-1);
  const was = restorable.find((status) => status === entry?.detail.was);
  return entry && was && item.status === 'removed' ? { at: entry.at, was } : undefined;
};

const undoRemove = interaction({
  id: 'meetings.undo-remove',
  values: paged,
  run: async (press, ctx) => {
    const { item, meeting } = await changeableItem(press, ctx);
    const removal = await removalOf(item, ctx);
    checkUndo(removal?.at, ctx.now, 'Add it again if it is needed after all.');
    checkRoomFor(await listItems(ctx.db, meeting.id, ctx.place.audience), meeting);
    await saveItem(ctx.db, { ...item, status: removal?.was ?? 'proposed' });
    await ctx.record(subjectOf(meeting.id), 'item-put-back', { item: item.id, title: item.title });
    const said = `'${item.title}' is where it was on the agenda of ${labelOf(meeting)}.`;
    return answer(said, meeting, press.values.page, ctx);
  },
});

const takeUp = interaction({
  id: 'meetings.take-up',
  values: z.object({ page, feature: z.string().max(80), record: z.string().max(200) }),
  run: async ({ subject, values }, ctx) => {
    checkShared(ctx);
    const meeting = await pressedMeeting(subject?.id, ctx);
    checkAgendaOpen(meeting);
    const items = await listItems(ctx.db, meeting.id, ctx.place.audience);
    const wanted = { feature: values.feature, id: values.record };
    const offer = openOffers(await ctx.offers(meeting.committee), items).find((one) =>
      sameSubject(one.subject, wanted),
    );
    if (!offer)
      throw new Refusal(
        'no-offer',
        'This stands on the agenda already, or is settled meanwhile. Open the agenda again.',
      );
    const seats = ownersAmong(await ctx.directory.seats(meeting.committee));
    const speaker = seats.find(({ person }) => person === offer.owner)?.person;
    const sits = seats.find(({ person }) => person === ctx.actor.person)?.person ?? seats[0]?.person;
    const question = shorten(asQuestion(offer.question ?? `What do we decide on ${offer.title}`), itemLimits.question);
    const title = shorten(asTitle(offer.title), itemLimits.title);
    const draft = { kind: offer.kind, title, question, owner: speaker ?? sits, inRoom: true };
    const item = await proposeItem(draft, meeting, ctx, { about: offer.subject });
    return values.page === undefined ? proposedNotice(item, meeting, ctx) : showAgenda(meeting, ctx, values.page);
  },
});

const uninvite = interaction({
  id: 'meetings.uninvite',
  values: z.object({ page, guest: z.string().max(200) }),
  run: async (press, ctx) => {
    const { item, meeting } = await changeableItem(press, ctx);
    const guest = (await listGuests(ctx.db, [item.id])).get(item.id)?.find(({ id }) => id === press.values.guest);
    if (!guest) throw new Refusal('no-guest', 'This guest is not invited to the item any more.');
    await deleteGuest(ctx.db, guest.id);
    await ctx.record(subjectOf(meeting.id), 'guest-uninvited', { item: item.id, title: item.title, guest: guest.id });
    return answer(`They are not invited to '${item.title}' any more.`, meeting, press.values.page, ctx);
  },
});

const keep = interaction({
  id: 'meetings.keep',
  values: z.object({}),
  run: async ({ subject }, ctx) => {
    const meeting = await pressedMeeting(subject?.id, ctx);
    checkAgendaOpen(meeting);
    await ctx.record(subjectOf(meeting.id), KEPT, {});
    return agendaNotice(`${labelOf(meeting)} takes place as planned. Nobody is asked again.`, meeting);
  },
});

export const agendaInteractions: readonly Interaction[] = [
  ...[agenda, propose, accept, move, remove, undoRemove, takeUp, uninvite, keep],
];
