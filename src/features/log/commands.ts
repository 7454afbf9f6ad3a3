import { z } from 'zod';
import type { Ctx } from '../../core/context.js';
import { countEntries, findEntries } from '../../core/entries/finding.js';
import { type Command, command } from '../../core/feature.js';
import type { ListView } from '../../core/view.js';
import { catchUpSaid, readingHere } from './catchup-commands.js';
import { readSought, wantedOf } from './rules.js';
import { aroundOf, COUNTED, foundView, PAGE } from './views.js';

/** One page of what is looked for. @throws Refusal */
export const look = async (said: string, offset: number, ctx: Ctx): Promise<ListView> => {
  const { actor, now, db, place } = ctx;
  const sought = readSought(said, await readingHere(ctx));
  const wanted = wantedOf(sought, actor, now);
  const entries = await findEntries(db, wanted, place.audience, { limit: PAGE, offset });
  const alone = offset === 0 && entries.length < PAGE;
  const count = alone ? entries.length : await countEntries(db, wanted, place.audience, COUNTED);
  return foundView({ said, sought, entries, offset, count }, await aroundOf(ctx, entries));
};

const saidSchema = z.object({ text: z.string() });

export const logCommands: readonly Command[] = [
  command({
    name: 'log',
    summary: 'Find decisions and actions: by words, committee, owner, day.',
    usage: '[words] [committee] [overdue] [mine] [decisions or actions] [since March]',
    within: 'entente',
    args: saidSchema,
    run: ({ text }, ctx) => look(text, 0, ctx),
  }),
  command({
    name: 'catchup',
    summary: 'See what happened since you last looked.',
    usage: '[committee] [since last week]',
    within: 'entente',
    args: saidSchema,
    run: ({ text }, ctx) => catchUpSaid(text, ctx),
  }),
];
