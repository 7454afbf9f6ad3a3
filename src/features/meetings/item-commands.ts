/* What is done to an item that stands somewhere already, however it was asked for. */
import { chosenCommittee } from '../../core/acting.js';
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { PersonId } from '../../core/ids.js';
import { anyOf, author, owner, saying } from '../../core/permission.js';
import { listNames } from '../../core/sentences.js';
import type { View } from '../../core/view.js';
import { chair, checkAgendaOpen, checkItemOpen, type Item, movedTo } from './agenda-rules.js';
import { listItems, savePlaces } from './agenda-store.js';
import { agendaNotice } from './agenda-views.js';
import { checkShared } from './choosing-commands.js';
import { checkGuest, guestName, settleGuest } from './guest-rules.js';
import { insertGuest, listGuests } from './guest-store.js';
import { labelOf, type Meeting } from './rules.js';
import { itemSubject, subjectOf } from './views.js';

/** Those who may change an item: who runs the committee, its owner, and whoever proposed it. */
export const changingPermission = saying(
  anyOf(chair, owner('change this'), author),
  'Only its owner, whoever proposed it, a co-chair and an alliance professional change an item. Ask one of them.',
);

/** Moves an item to another place of the running order, from 1. */
export const moveItem = async (item: Item, to: number, meeting: Meeting, ctx: Ctx): Promise<void> => {
  checkAgendaOpen(meeting);
  const places = movedTo(await listItems(ctx.db, meeting.id, ctx.place.audience), item.id, to);
  if (places.length === 0) return;
  await savePlaces(ctx.db, places);
  await ctx.record(subjectOf(meeting.id), 'item-moved', { item: item.id, title: item.title, to });
};

/** @throws Refusal for people of nobody in the alliance */
const checkKnown = async (person: PersonId | undefined, ctx: Ctx): Promise<void> => {
  if (person === undefined || (await ctx.directory.partnerOf(ctx.alliance, person))) return;
  throw new Refusal(
    'no-part',
    'This person takes no part in the alliance. Write their name and company instead.',
    'person',
  );
};

/** Invites somebody to one item. @throws Refusal */
export const inviteGuest = async (
  item: Item,
  said: Parameters<typeof settleGuest>[0],
  meeting: Meeting,
  ctx: Ctx,
): Promise<View> => {
  checkShared(ctx);
  checkAgendaOpen(meeting);
  checkItemOpen(item);
  const invited = settleGuest(said);
  await checkKnown(invited.person, ctx);
  const committee = await chosenCommittee(meeting.committee, ctx);
  const guests = (await listGuests(ctx.db, [item.id])).get(item.id) ?? [];
  checkGuest(invited, guests, { committee, seats: await ctx.directory.seats(committee.id) });
  const { actor } = ctx;
  const guest = { ...invited, id: ctx.newId(), item: item.id, invitedBy: actor.person, invitedFor: actor.partner.id };
  await insertGuest(ctx.db, guest);
  const who = invited.person === undefined ? {} : { person: invited.person };
  await ctx.record(subjectOf(meeting.id), 'guest-invited', {
    item: item.id,
    title: item.title,
    guest: guest.id,
    ...who,
  });
  const all = [...guests, guest];
  const names = await ctx.directory.names(all.flatMap(({ person }) => person ?? []));
  const text = `${listNames([guestName(guest, names)])} is invited to '${item.title}' of ${labelOf(meeting)}, and not to the rest of the meeting. Entente shows the item’s guests to everybody; tell them when to come.`;
  const undo = {
    id: 'meetings.uninvite',
    label: 'Undo',
    subject: itemSubject(item.id),
    carry: { guest: guest.id },
  } as const;
  return agendaNotice(text, meeting, [undo]);
};
