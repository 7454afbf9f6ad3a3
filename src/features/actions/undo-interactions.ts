/* What was done a moment ago, and by whom, is taken back by them. */
import { z } from 'zod';
import { Refusal } from '../../core/errors.js';
import { type Interaction, interaction } from '../../core/feature.js';
import { checkUndo } from '../../core/undoing.js';
import { change, load } from './change-interactions.js';
import { before, type Next, type Verb } from './change-rules.js';
import { type Action, labelOf } from './rules.js';
import { doneNotice, type Undoable } from './views.js';

const nothing = z.object({});

interface Undoing {
  /** True while what is taken back is the last thing that happened. */
  readonly isLast: (action: Action) => boolean;
  readonly next: (action: Action) => Next;
  /** What to do when it is too late. */
  readonly instead: string;
  readonly said: (label: string) => string;
}

const undone: Readonly<Record<Exclude<Undoable, 'record'>, Undoing>> = {
  accept: {
    isLast: ({ status, statusWas }) => status === 'open' && statusWas === 'proposed',
    next: () => ({ status: 'proposed' }),
    instead: 'Change the date, hand it over or drop it on its card.',
    said: (label) => `${label} is proposed again.`,
  },
  done: {
    isLast: ({ status }) => status === 'done',
    next: before,
    instead: 'Record a new action for what is left.',
    said: (label) => `${label} is not done yet after all.`,
  },
  drop: {
    isLast: ({ status }) => status === 'dropped',
    next: before,
    instead: 'Record the action anew.',
    said: (label) => `${label} is not dropped after all.`,
  },
};

/** @throws Refusal for somebody else's doing */
const checkOwn = (action: Action, person: Action['owner']): void => {
  if (action.changedBy !== person)
    throw new Refusal('not-yours', `Only who did this to ${labelOf(action)} can take it back.`);
};

const undo = (verb: Exclude<Undoable, 'record'>): Interaction =>
  interaction({
    id: `actions.undo-${verb}`,
    values: nothing,
    run: async (press, ctx) => {
      const { action } = await load(press, ctx);
      const { isLast, next, instead, said } = undone[verb];
      checkUndo(isLast(action) ? action.changedAt : undefined, ctx.now, instead);
      checkOwn(action, ctx.actor.person);
      await change(action, `undo-${verb}` satisfies Verb, next(action), ctx);
      return doneNotice(said(labelOf(action)));
    },
  });

const undoRecord = interaction({
  id: 'actions.undo-record',
  values: nothing,
  run: async (press, ctx) => {
    const { action } = await load(press, ctx);
    const label = labelOf(action);
    checkUndo(action.status === 'dropped' ? undefined : action.recordedAt, ctx.now, `Use Drop because on ${label}.`);
    if (action.changedAt !== undefined)
      throw new Refusal('built-on', `Somebody has answered ${label} meanwhile. Use Drop because on its card.`);
    await change(action, 'undo-record', { status: 'dropped', reason: 'Recorded by mistake' }, ctx);
    return doneNotice(`${label} is undone. Its card says that it was dropped; the number is not used again.`);
  },
});

export const undoInteractions: readonly Interaction[] = [undoRecord, undo('accept'), undo('done'), undo('drop')];
