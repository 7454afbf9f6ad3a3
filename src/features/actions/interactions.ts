import { z } from 'zod';
import { chosenCommittee, OLD_BUTTON, sourceCommittee } from '../../core/acting.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { dayFinder, speakersToday } from '../../core/found-days.js';
import type { PersonId } from '../../core/ids.js';
import { readSaidAt } from '../../core/said-at.js';
import { onlyOf, SHARED, visibilityHere } from '../../core/visibility.js';
import { change, load } from './change-interactions.js';
import { checkChange, checkSeenDay } from './change-rules.js';
import { record, seatsOf } from './commands.js';
import { formInteractions } from './form-interactions.js';
import { recordForm } from './form-views.js';
import { historyView } from './list-views.js';
import { checkDayLength, labelOf, linkSchema, visibilityOfForm } from './rules.js';
import { readDay } from './spoken-rules.js';
import { undoInteractions } from './undo-interactions.js';
import { doneNotice } from './views.js';

const nothing = z.object({});

const recordInteraction = interaction({
  id: 'actions.record',
  values: z.object({
    text: z.string('Say what will be done.'),
    owner: z.string('Choose who will see to it.').min(1, 'Choose who will see to it.'),
    due: z.string('Say by when.').min(1, 'Say by when.'),
    committee: z.string('Choose the committee.').min(1, 'Choose the committee.'),
    link: linkSchema.optional().catch(undefined),
    saidAt: z.string().optional(),
    seenBy: z.string().optional(),
    from: z.string().optional(),
  }),
  run: async ({ values: { committee: on, owner, due, seenBy, saidAt, ...rest } }, ctx) => {
    const committee = await chosenCommittee(on, ctx);
    const visibility = visibilityOfForm(seenBy, visibilityHere(ctx), ctx.actor.partner.id);
    const dueOn = readDay(checkDayLength(due), dayFinder(ctx), speakersToday(ctx));
    const seats = await ctx.directory.seats(committee.id);
    // Somebody who is seated nowhere here is not even named: the id may be anybody's.
    const name = seats.find(({ person }) => person === owner)?.personName ?? 'This person';
    const said = readSaidAt(saidAt, ctx.now);
    return record(
      {
        ...rest,
        ...(said !== undefined && { saidAt: said }),
        owner: { id: owner as PersonId, name },
        dueOn,
        committee,
        visibility,
      },
      ctx,
    );
  },
});

/** Opens the form for a button of another feature: what a meeting has agreed to do. */
const begin = interaction({
  id: 'actions.begin',
  values: z.object({ committee: z.string(OLD_BUTTON), from: z.string(OLD_BUTTON) }),
  run: async ({ values: { committee: on, from } }, ctx) => {
    const committee = await sourceCommittee(from, on, ctx);
    const partners = await ctx.directory.partners(ctx.alliance);
    const seats = await seatsOf([committee], SHARED, ctx);
    return recordForm({ draft: {}, committees: [committee], visibility: SHARED, seats, partners, carry: { from } });
  },
});

const accept = interaction({
  id: 'actions.accept',
  values: z.object({ due: z.string().optional() }),
  run: async (press, ctx) => {
    const { action } = await load(press, ctx);
    checkChange(action, 'accept');
    checkSeenDay(action, press.values.due);
    const after = await change(action, 'accept', { status: 'open' }, ctx);
    const text = [`You accepted ${labelOf(after)}. It is due `, { day: after.dueOn }, '.'];
    return doneNotice(text, { verb: 'accept', id: action.id });
  },
});

const done = interaction({
  id: 'actions.done',
  values: nothing,
  run: async (press, ctx) => {
    const { action } = await load(press, ctx);
    await change(action, 'done', { status: 'done' }, ctx);
    return doneNotice(`${labelOf(action)} is done.`, { verb: 'done', id: action.id });
  },
});

const unblock = interaction({
  id: 'actions.unblock',
  values: nothing,
  run: async (press, ctx) => {
    const { action } = await load(press, ctx);
    await change(action, 'unblock', { status: 'open' }, ctx);
    return doneNotice([`${labelOf(action)} is open again, due `, { day: action.dueOn }, '.']);
  },
});

const history = interaction({
  id: 'actions.history',
  values: nothing,
  run: async (press, ctx) => {
    const { action, around } = await load(press, ctx);
    const entries = await ctx.history({ feature: 'actions', id: action.id }, onlyOf(action.visibility));
    const people = entries.flatMap(({ person, detail: { owner } }) => [
      ...(person ? [person] : []),
      ...(typeof owner === 'string' ? [owner as PersonId] : []),
    ]);
    return historyView(action, entries, { ...around, names: await ctx.directory.names(people) });
  },
});

export const actionInteractions: readonly Interaction[] = [
  ...[recordInteraction, begin, accept, done, unblock, history],
  ...formInteractions,
  ...undoInteractions,
];
