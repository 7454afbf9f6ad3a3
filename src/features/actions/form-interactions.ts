/* What is asked before it is done: a form, and what comes of it. */
import { z } from 'zod';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { dayFinder, speakersToday } from '../../core/found-days.js';
import type { PersonId } from '../../core/ids.js';
import { nameIn } from '../../core/sentences.js';
import { byActor, change, load } from './change-interactions.js';
import { checkChange, statusAfterDate, statusFor } from './change-rules.js';
import { tellSoon } from './commands.js';
import { dateForm, handOverForm, type Reasoned, reasonForm } from './form-views.js';
import {
  type Action,
  checkDayLength,
  checkDue,
  checkOtherDay,
  checkOtherOwner,
  checkOwner,
  eligible,
  labelOf,
  reasonSchema,
} from './rules.js';
import { readDay } from './spoken-rules.js';
import { doneNotice } from './views.js';

const nothing = z.object({});

const askDate = interaction({
  id: 'actions.ask-date',
  values: nothing,
  run: async (press, ctx) => {
    const { action, around } = await load(press, ctx);
    checkChange(action, 'date');
    return dateForm(action, around);
  },
});

/** By another company than the owner's, a day is proposed to the owner again. */
const proposedAgain = ({ status, owner }: Action, names: ReadonlyMap<PersonId, string>): string =>
  status === 'proposed' ? ` It is proposed until ${nameIn(names, owner)} accepts it.` : '';

const date = interaction({
  id: 'actions.date',
  values: z.object({ due: z.string('Say by when.').min(1, 'Say by when.') }),
  run: async (press, ctx) => {
    const { action, around } = await load(press, ctx);
    checkChange(action, 'date');
    const dueOn = readDay(checkDayLength(press.values.due), dayFinder(ctx), speakersToday(ctx));
    checkDue(dueOn, speakersToday(ctx));
    checkOtherDay(action, dueOn);
    const after = await change(action, 'date', { status: statusAfterDate(action, byActor(ctx)), dueOn }, ctx);
    await tellSoon(after, ctx);
    const accepted = action.status === 'proposed' && after.status === 'open' ? 'is accepted, and ' : '';
    return doneNotice([
      `${labelOf(action)} ${accepted}is due `,
      { day: dueOn },
      ' instead of ',
      { day: action.dueOn },
      `.${proposedAgain(after, around.names)}`,
    ]);
  },
});

const asking = (verb: Reasoned): Interaction =>
  interaction({
    id: `actions.ask-${verb}`,
    values: nothing,
    run: async (press, ctx) => {
      const { action, around } = await load(press, ctx);
      checkChange(action, verb);
      return reasonForm(verb, action, around);
    },
  });

const reason = z.object({ reason: reasonSchema });

const decline = interaction({
  id: 'actions.decline',
  values: reason,
  run: async (press, ctx) => {
    const { action, around } = await load(press, ctx);
    await change(action, 'decline', { status: 'declined', ...press.values }, ctx);
    return doneNotice(
      `You declined ${labelOf(action)}. ${nameIn(around.names, action.givenBy)} is asked to hand it over or to drop it.`,
    );
  },
});

const block = interaction({
  id: 'actions.block',
  values: reason,
  run: async (press, ctx) => {
    const { action } = await load(press, ctx);
    await change(action, 'block', { status: 'blocked', ...press.values }, ctx);
    return doneNotice([`${labelOf(action)} is blocked. It stays due `, { day: action.dueOn }, '.']);
  },
});

const drop = interaction({
  id: 'actions.drop',
  values: reason,
  run: async (press, ctx) => {
    const { action } = await load(press, ctx);
    await change(action, 'drop', { status: 'dropped', ...press.values }, ctx);
    return doneNotice(`${labelOf(action)} is dropped. It keeps its number and its history.`, {
      verb: 'drop',
      id: action.id,
    });
  },
});

const askHandOver = interaction({
  id: 'actions.ask-hand-over',
  values: nothing,
  run: async (press, ctx) => {
    const { action, around } = await load(press, ctx);
    checkChange(action, 'hand-over');
    const seats = eligible(await ctx.directory.seats(action.committee), action.visibility);
    if (seats.every(({ person }) => person === action.owner))
      throw new Refusal(
        'nobody-else',
        `Nobody else sits on the ${around.committee.key} to take ${labelOf(action)} over. Seat somebody first, or drop it.`,
      );
    return handOverForm(action, seats, around);
  },
});

const handOver = interaction({
  id: 'actions.hand-over',
  values: z.object({ owner: z.string('Choose who takes it over.').min(1, 'Choose who takes it over.') }),
  run: async (press, ctx) => {
    const { action, around } = await load(press, ctx);
    checkChange(action, 'hand-over');
    const seats = eligible(await ctx.directory.seats(action.committee), action.visibility);
    const { committee } = around;
    const { person, personName, partner } = checkOwner(press.values.owner as PersonId, 'This person', {
      committee,
      seats,
    });
    checkOtherOwner(action, person, personName);
    const status = statusFor(partner, byActor(ctx));
    const after = await change(action, 'hand-over', { status, owner: person, ownerFor: partner }, ctx);
    await tellSoon(after, ctx);
    return doneNotice(
      `${labelOf(action)} is ${personName}’s now.${proposedAgain(after, new Map([[person, personName]]))}`,
    );
  },
});

export const formInteractions: readonly Interaction[] = [
  ...[askDate, date, asking('decline'), decline, asking('block'), block, asking('drop'), drop],
  ...[askHandOver, handOver],
];
