import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { copyFor, openFull } from '../../../test/house/copies.js';
import { subjectCalled } from '../../../test/house/whole-log.js';
import { eachEngine } from '../../../test/stores.js';
import { features } from '../../features/index.js';
import type { Store } from '../db/store.js';
import { verifyAlliance } from '../verify.js';
import { pagesOf } from './pages.js';
import { restoreCopy } from './restore.js';

/** A store whose process dies at its second write. */
const dyingAtSecond = (store: Store): Store => {
  let writes = 0;
  return {
    ...store,
    write: (work, options) => {
      writes += 1;
      return writes === 2 ? Promise.reject(new Error('killed')) : store.write(work, options);
    },
  };
};

eachEngine('an import that was broken off', (open) => {
  it('goes on when it is said again, also between two records that name each other', { timeout: 120_000 }, async () => {
    const house = await openFull(await open());
    onTestFinished(() => house.reconciler.stop());
    await house.say('ana', 'decision Meet monthly');
    const revision = { revision: '1' };
    const confirm = async (label: string) =>
      house.press('ben', {
        interaction: 'decisions.confirm',
        subject: await subjectCalled(house, label),
        values: revision,
      });
    await confirm('D-1');
    for (let n = 2; n <= 105; n += 1) await house.say('jun', `decision Topic ${n} of ${n * 7919}`);
    await house.say('ana', 'decision supersede D-1 Meet weekly');
    await confirm('D-106');
    const csv = (await copyFor(house, 'Acme Bio', 'csv')).toString();
    expect(csv).toContain('D-106,decision,106,JSC,all,agreed');
    const folder = await mkdtemp(join(tmpdir(), 'entente-restore-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'copy.csv');
    await writeFile(path, csv);

    const fresh = await openFull(await open());
    onTestFinished(() => fresh.reconciler.stop());
    const now = () => fresh.clock.at;
    const pages = pagesOf(fresh.store, now);
    const parts = { pages, features: fresh.parts.features, alliance: fresh.alliance, path, now, newId: randomUUID };
    await expect(restoreCopy({ ...parts, store: dyingAtSecond(fresh.store) })).rejects.toThrow('killed');
    const half = (await copyFor(fresh, 'Acme Bio', 'csv')).toString();
    expect(half).toContain('D-1,decision,1,JSC,all,superseded');
    expect(half).not.toContain('D-106,decision');
    expect(await restoreCopy({ ...parts, store: fresh.store })).toMatchObject({ faults: [], fresh: 6, same: 100 });
    expect((await copyFor(fresh, 'Acme Bio', 'csv')).toString()).toBe(csv);
    expect((await verifyAlliance({ ...pages, features }, fresh.alliance)).faults).toEqual([]);
  });
});
