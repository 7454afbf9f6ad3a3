import { and, eq } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { openFull, partnerCalled } from '../../../test/house/copies.js';
import { type House, people } from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { chainOf } from '../../core/history.js';
import { cardTables, historyTables } from '../../core/tables.js';
import type { FileView, View } from '../../core/view.js';

const direct = { conversation: 'D1', direct: true } as const;

const open = async (openStore: Open): Promise<House> => {
  const house = await openFull(await openStore());
  onTestFinished(() => house.reconciler.stop());
  return house;
};

const filesTo = (house: House, who: 'ana' | 'ben'): FileView[] => {
  const { platform, user } = people[who];
  return house[platform].sent
    .filter(({ conversation, view }) => conversation === user && view.kind === 'file')
    .map(({ view }) => view as FileView);
};

const sentence = (view: View): string => JSON.stringify(view);

eachEngine('entente export', (openStore) => {
  it('sends three files to whoever asked, and keeps that in the company’s own history', async () => {
    const house = await open(openStore);
    expect(sentence((await house.say('ana', 'export')).view)).toContain('on its way to your direct messages');
    await house.settle();
    expect(filesTo(house, 'ana').map(({ file }) => file.name)).toEqual([
      'acme-and-nova-2026-11-23.docx',
      'acme-and-nova-2026-11-23.csv',
      'acme-and-nova-2026-11-23.jsonl',
    ]);
    expect(filesTo(house, 'ben')).toEqual([]);
    const { history } = historyTables(house.store.read);
    const taken = await house.store.read.select().from(history).where(eq(history.feature, 'exports'));
    const acme = await partnerCalled(house.store, 'Acme Bio');
    expect(taken.map(({ allianceId, verb }) => [allianceId, verb])).toEqual([
      [chainOf(house.alliance, acme), 'copied'],
    ]);
  });

  it('makes one copy at a time for one person, and a fresh one after ten minutes', async () => {
    const house = await open(openStore);
    await house.say('ana', 'export', direct);
    house.clock.at += 60_000;
    const again = await house.say('ana', 'export', direct);
    expect([again.outcome, sentence(again.view)]).toEqual(['refused', expect.stringContaining('in 9 minutes')]);
    expect((await house.say('ben', 'export', direct)).outcome).toBe('done');
    house.clock.at += 9 * 60_000;
    expect((await house.say('ana', 'export', direct)).outcome).toBe('done');
  });

  it('lets nobody else have a file sent, and nobody after a day', async () => {
    const house = await open(openStore);
    await house.say('ben', 'export', direct);
    await house.settle();
    const [file] = filesTo(house, 'ben');
    const press = { interaction: 'exports.accept', subject: file!.subject, values: { place: '{}' } } as const;
    expect(sentence((await house.press('ana', press, direct)).view)).toContain('This copy was not made for you.');
    expect(sentence((await house.press('jun', press, direct)).view)).toContain('Only the alliance professional');
    house.clock.at += 25 * 60 * 60_000;
    expect(sentence((await house.press('ben', press, direct)).view)).toContain('more than a day old');
  });

  it('gives an accepted file the place that the platform named, and a declined one none', async () => {
    const house = await open(openStore);
    await house.say('ben', 'export', direct);
    await house.settle();
    const [docx, csv] = filesTo(house, 'ben');
    const values = { place: 'over there' };
    await house.press('ben', { interaction: 'exports.accept', subject: csv!.subject, values }, direct);
    await house.press('ben', { interaction: 'exports.decline', subject: docx!.subject }, direct);
    await house.settle();
    expect(filesTo(house, 'ben').at(-1)?.file.place).toBe('over there');
    expect(sentence(house.teams.sent.at(-2)!.view) + sentence(house.teams.sent.at(-1)!.view)).toContain(
      'You declined this file',
    );
  });

  it('holds its lane for as long as the platform takes, so that nobody sends it twice', async () => {
    const house = await open(openStore);
    const { lanes } = cardTables(house.store.read);
    const lease = async (): Promise<number> => {
      const { platform, workspace, user } = people.ana;
      const where = and(eq(lanes.platform, platform), eq(lanes.workspace, workspace), eq(lanes.conversation, user));
      const [row] = await house.store.read.select().from(lanes).where(where);
      return row?.leaseUntil ?? 0;
    };
    house.parts.patience.leaseMs satisfies number;
    (house.parts.patience as { leaseMs: number }).leaseMs = 600;
    let extended = false;
    house.slack.obstacle = async (_how, conversation) => {
      if (conversation !== people.ana.user || extended) return;
      const first = await lease();
      while ((await lease()) <= first) await new Promise((resolve) => setImmediate(resolve));
      extended = true;
    };
    await house.say('ana', 'export', direct);
    await house.settle();
    expect(extended).toBe(true);
    expect(filesTo(house, 'ana')).toHaveLength(3);
  });
});
