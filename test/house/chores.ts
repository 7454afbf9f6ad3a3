import { z } from 'zod';
import { type Feature, interaction, type Waiting } from '../../src/core/feature.js';
import { hasVote } from '../../src/core/permission.js';

/** What waits for somebody, by their name; `vote` when only somebody with a vote can do it. */
export interface Chore extends Omit<Waiting, 'title' | 'subject' | 'buttons'> {
  readonly id: string;
  readonly owner: string;
  readonly vote?: true;
}

const subjectOf = (id: string) => ({ feature: 'chores', id });

/** A feature small enough to test daily messages with: chores stand in memory until somebody has done them. */
export const createChores = (chores: readonly Chore[]) => {
  const open = new Map(chores.map((chore) => [chore.id, chore]));
  const feature: Feature = {
    name: 'chores',
    interactions: [
      interaction({
        id: 'chores.done',
        values: z.object({}),
        run: async ({ subject }, ctx) => {
          if (!subject) throw new Error('a chore is done by its subject');
          open.delete(subject.id);
          await ctx.record(subject, 'done', {});
          const undo = { id: 'chores.undo', label: 'Undo', subject } as const;
          return { kind: 'notice', text: `${subject.id} is done.`, buttons: [undo] };
        },
      }),
    ],
    about: async (id) => (open.has(id) ? {} : undefined),
    waiting: async (actor) =>
      [...open.values()]
        .filter(({ owner, vote }) => owner === actor.name && (!vote || actor.seats.some(hasVote)))
        .map(({ id, dueOn, remind, text }) => ({
          title: id,
          subject: subjectOf(id),
          ...(dueOn && { dueOn }),
          ...(remind && { remind }),
          ...(text && { text }),
          buttons: [{ id: 'chores.done', label: 'Done', subject: subjectOf(id) }],
        })),
  };
  return { feature, open, subjectOf };
};
