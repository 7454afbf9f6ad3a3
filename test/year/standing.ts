/* What stands in channels, held to the cards that Entente knows of. */
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { openStore } from '../../src/core/db/open.js';
import { cardTables } from '../../src/core/tables.js';
import type { Message } from '../../src/sandbox/model.js';
import type { Outside } from '../faults/outside.js';
import type { Repeat } from '../faults/truth.js';
import { postedWords } from './heard.js';

interface Kept {
  /** Ids of messages that are cards. */
  readonly ids: ReadonlySet<string>;
  readonly unposted: number;
}

const keptIn = async (url: string): Promise<Kept> => {
  const store = await openStore(url);
  const { cards, lanes } = cardTables(store.read);
  const rows = await store.read
    .select({ ref: cards.ref, shown: cards.shown, conversation: lanes.conversation })
    .from(cards)
    .innerJoin(lanes, eq(lanes.id, cards.laneId));
  await store.close();
  const ids = rows.flatMap(({ ref }) => (ref === null ? [] : [ref.message]));
  expect(new Set(ids).size, 'no message is two cards').toBe(ids.length);
  return { ids: new Set(ids), unposted: rows.length - ids.length };
};

const firstLine = (words: string): string => words.split('\n')[0] ?? '';

/** Cards in channels that stand twice, each of the second posts with the one that counts. */
export const repeatsIn = async (url: string, { sandbox }: Outside): Promise<readonly Repeat[]> => {
  const { ids } = await keptIn(url);
  const state = await sandbox.controls.state();
  const words = postedWords(await sandbox.controls.calls());
  const repeats: Repeat[] = [];
  for (const side of [state.slack, state.teams]) {
    const channels = new Set(side.conversations.filter(({ kind }) => kind !== 'direct').map(({ id }) => id));
    const posted = (side.messages as readonly Message[]).filter(
      (one) =>
        channels.has(one.conversation) &&
        one.from === side.bot.id &&
        one.onlyFor === undefined &&
        (one.side === 'slack' || one.card !== undefined),
    );
    const lineOf = ({ id, plain }: Message): string => firstLine(words.get(id) ?? plain);
    for (const stray of posted.filter(({ id }) => !ids.has(id))) {
      const label = lineOf(stray);
      const { conversation } = stray;
      const [kept] = posted.filter(
        (one) => ids.has(one.id) && one.conversation === conversation && lineOf(one) === label,
      );
      expect(kept, `'${label}' in ${conversation} repeats no card`).toBeDefined();
      const moments = [stray.at, kept?.at ?? stray.at];
      repeats.push({ side: stray.side, conversation, label, from: Math.min(...moments), until: Math.max(...moments) });
    }
  }
  return repeats;
};
