/* What is asked about an item with a form, and what comes of it. */
import { z } from 'zod';
import { chosenCommittee } from '../../core/acting.js';
import type { Ctx, Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import type { CommitteeId, PersonId } from '../../core/ids.js';
import { settleItem } from './agenda-draft-rules.js';
import { declineForm, editForm, guestForm, paperForm } from './agenda-form-views.js';
import { checkItemOpen, checkProposed, type Item } from './agenda-rules.js';
import { insertPaper, saveItem } from './agenda-store.js';
import { agendaNotice, whatOf } from './agenda-views.js';
import { pressedMeeting } from './choosing-commands.js';
import { inviteGuest } from './item-commands.js';
import { draftOf, itemValues, paperOf, paperValues, reasonOf, sourceSchema } from './item-rules.js';
import { changeableItem, type Pressed } from './item-store.js';
import { deletePositionsOn } from './position-store.js';
import { itemDetail, proposedNotice, proposeItem } from './proposing-commands.js';
import { asksElse, reworded } from './rewording-rules.js';
import { labelOf, type Meeting } from './rules.js';
import { subjectOf } from './views.js';

const nothing = z.object({});

const add = interaction({
  id: 'meetings.add-item',
  values: itemValues.extend({ meeting: z.string().optional(), source: sourceSchema.optional().catch(undefined) }),
  run: async ({ subject, values }, ctx) => {
    const chosen = subject?.id ?? values.meeting;
    if (!chosen) throw new Refusal('missing', 'Choose the meeting.', 'meeting');
    const meeting = await pressedMeeting(chosen, ctx);
    const { source } = values;
    const item = await proposeItem(draftOf(values), meeting, ctx, { ...(source !== undefined && { link: source }) });
    return proposedNotice(item, meeting, ctx);
  },
});

/** Opens a form about an item that can still be changed. */
const asking = (id: `meetings.${string}`, form: (pressed: Pressed, ctx: Ctx) => Promise<ReturnType<typeof editForm>>) =>
  interaction({
    id,
    values: nothing,
    run: async (press, ctx) => {
      const pressed = await changeableItem(press, ctx);
      checkItemOpen(pressed.item);
      return form(pressed, ctx);
    },
  });

const partnersOf = (ctx: Ctx) => ctx.directory.partners(ctx.alliance);

const edit = asking('meetings.edit-item', async ({ item, meeting }, ctx) =>
  editForm(item, await ctx.directory.seats(meeting.committee), await partnersOf(ctx)),
);

const askPaper = asking('meetings.ask-paper', async ({ item }, ctx) => paperForm(item, await partnersOf(ctx)));

const askDecline = asking('meetings.ask-decline-item', async ({ item }, ctx) => {
  checkProposed(item);
  return declineForm(item, await partnersOf(ctx));
});

/** Those of the alliance who sit on other committees only, or as guests: whoever sits here needs no invitation. */
const othersThan = async (committee: CommitteeId, ctx: Ctx): Promise<readonly Seat[]> => {
  const own = await ctx.directory.seats(committee);
  const sits = new Set(own.filter(({ role }) => role !== 'guest').map(({ person }) => person));
  const all: Seat[] = [];
  for (const { id } of await ctx.directory.committees(ctx.alliance)) all.push(...(await ctx.directory.seats(id)));
  return all.filter(({ person }) => !sits.has(person));
};

const askGuest = asking('meetings.ask-guest', async ({ item, meeting }, ctx) =>
  guestForm(item, await othersThan(meeting.committee, ctx), await partnersOf(ctx)),
);

const changedText = (before: Item, next: Item, meeting: Meeting): string => {
  const label = labelOf(meeting);
  // Said whether anybody has or not: that is not for everybody to know.
  const again = asksElse(before, next) ? ' Whoever said where they stand on it is asked again.' : '';
  if (next.status === before.status) return `'${whatOf(next)}' is saved on the agenda of ${label}.${again}`;
  return `'${whatOf(next)}' is saved, and proposed for ${label} until a co-chair or an alliance professional accepts it as it is now.${again}`;
};

const change = interaction({
  id: 'meetings.change-item',
  values: itemValues,
  run: async (press, ctx) => {
    const { item, meeting } = await changeableItem(press, ctx);
    checkItemOpen(item);
    const committee = await chosenCommittee(meeting.committee, ctx);
    const seats = await ctx.directory.seats(committee.id);
    const { link: _, pages: _pages, ...draft } = draftOf(press.values);
    const { paper: _paper, ...words } = settleItem(draft, { meeting, committee, seats });
    const { question: _before, ...rest } = item;
    const next = reworded(item, { ...rest, ...words }, meeting, [ctx.actor, committee]);
    await saveItem(ctx.db, next);
    if (asksElse(item, next)) await deletePositionsOn(ctx.db, item.id);
    const { status } = next;
    await ctx.record(subjectOf(meeting.id), 'item-changed', {
      ...itemDetail(next),
      ...(status !== item.status && { status }),
    });
    return agendaNotice(changedText(item, next, meeting), meeting);
  },
});

const addPaper = interaction({
  id: 'meetings.add-paper',
  values: paperValues,
  run: async (press, ctx) => {
    const { item, meeting } = await changeableItem(press, ctx);
    checkItemOpen(item);
    const paper = paperOf(press.values);
    const version = (item.paper?.version ?? 0) + 1;
    await insertPaper(ctx.db, item.id, { ...paper, version, person: ctx.actor.person, at: ctx.now });
    await ctx.record(subjectOf(meeting.id), 'paper-added', { item: item.id, title: item.title, version, ...paper });
    const before = version > 1 ? ' Earlier versions are kept.' : '';
    return agendaNotice(`The paper of '${item.title}' is version ${version} now.${before}`, meeting);
  },
});

const decline = interaction({
  id: 'meetings.decline-item',
  values: z.object({ reason: z.string().optional() }),
  run: async (press, ctx) => {
    const { item, meeting } = await changeableItem(press, ctx);
    checkProposed(item);
    const reason = reasonOf(press.values.reason);
    await saveItem(ctx.db, { ...item, status: 'declined', ...(reason !== undefined && { note: reason }) });
    const why = reason === undefined ? {} : { reason };
    await ctx.record(subjectOf(meeting.id), 'item-declined', { item: item.id, title: item.title, ...why });
    return agendaNotice(
      `'${item.title}' is declined. Whoever proposed it finds that among what waits for them.`,
      meeting,
    );
  },
});

const text = z.string().optional();

const invite = interaction({
  id: 'meetings.invite-guest',
  values: z.object({ person: text, name: text, company: text }),
  run: async (press, ctx) => {
    const { item, meeting } = await changeableItem(press, ctx);
    const { person, name, company } = press.values;
    const who = person?.trim() ? { person: person as PersonId } : {};
    return inviteGuest(
      item,
      { ...who, ...(name !== undefined && { name }), ...(company !== undefined && { company }) },
      meeting,
      ctx,
    );
  },
});

export const itemInteractions: readonly Interaction[] = [
  ...[add, edit, change, askPaper, addPaper, askDecline, decline, askGuest, invite],
];
