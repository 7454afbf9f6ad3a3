import { expect, it, vi } from 'vitest';
import { openHouse } from '../../test/house/house.js';
import { createNotes } from '../../test/house/notes.js';
import { eachEngine } from '../../test/stores.js';
import { startTick } from './tick.js';

eachEngine('the tick', (openStore) => {
  it('sets off what is due although the wall clock was set back meanwhile', async () => {
    const notes = createNotes();
    const house = await openHouse(await openStore(), { features: [notes.feature] });
    await house.say('ana', 'alarm tea 0');
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    try {
      const tick = startTick({
        ...house.parts,
        derive: () => new Uint8Array(32),
        nudge: house.reconciler.nudge,
        tickMs: 1_000,
      });
      vi.setSystemTime(Date.now() - 60 * 60 * 1_000);
      await vi.advanceTimersByTimeAsync(1_000);
      await tick.stop();
    } finally {
      vi.useRealTimers();
    }
    expect(notes.woken).toEqual(['tea']);
    await house.reconciler.stop();
  });
});
