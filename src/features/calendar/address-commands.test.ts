import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { closing, type House, openHouse, type Who } from '../../../test/house/house.js';
import { idOf } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { openAddress, subscriptionOf } from '../../core/calendar/subscriptions.js';
import type { PersonId } from '../../core/ids.js';
import type { Answer } from '../../core/platform.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { calendar } from './index.js';

const publicUrl = 'https://entente.example.com/';
const direct = { direct: true, conversation: 'D1' } as const;

const textOf = ({ view }: Answer): string => (view.kind === 'notice' ? [view.text].flat().join('') : view.kind);

const partsIn = (answer: Answer) => {
  const [, id = '', key = ''] =
    /https:\/\/entente\.example\.com\/calendar\/(\S+)\/(\S+)\.ics/.exec(textOf(answer)) ?? [];
  return { id, key };
};

eachEngine('one’s own calendar', (openStore) => {
  const open = async (url: string | undefined = publicUrl): Promise<House> =>
    closing(await openHouse(await openStore(), { features, permissions, ...(url && { publicUrl: url }) }));
  const ask = (house: House, who: Who) => house.say(who, 'calendar', direct);
  const press = (house: House, who: Who, verb: 'renew' | 'stop') =>
    house.press(who, { interaction: `calendar.${verb}-address` }, direct);
  const opens = async ({ store, derive }: House, answer: Answer): Promise<PersonId | undefined> =>
    (await openAddress(store.read, partsIn(answer), derive))?.person;

  it('is told with how to add it, and with buttons that end it', async () => {
    const house = await open();
    const answer = await ask(house, 'jun');
    expect(await opens(house, answer)).toBe(await idOf(house, 'Jun Mori'));
    expect(answer.view).toMatchObject({
      kind: 'notice',
      secret: true,
      buttons: [{ label: 'New address' }, { label: 'Stop' }],
    });
    for (const word of ['Google Calendar', 'Outlook', 'Apple', 'Acme and Nova', 'Keep it to yourself'])
      expect(textOf(answer)).toContain(word);
    expect(textOf(await ask(house, 'jun'))).toBe(textOf(answer));
  });

  it('is kept nowhere: neither its row nor the answer that told it gives the key away', async () => {
    const house = await open();
    const { key } = partsIn(await ask(house, 'jun'));
    expect(key).toHaveLength(43);
    for (const table of ['calendar_subscriptions', 'receipts', 'history'])
      expect(JSON.stringify(await house.store.read.rows(sql`select * from ${sql.identifier(table)}`))).not.toContain(
        key,
      );
  });

  it('says what ended with a new one, and that nothing is left to stop', async () => {
    const house = await open();
    const first = await ask(house, 'ana');
    const second = await press(house, 'ana', 'renew');
    expect(textOf(second)).toContain('the one before has stopped working');
    expect([await opens(house, first), await opens(house, second)]).toEqual([undefined, await idOf(house, 'Ana Ruiz')]);
    expect(textOf(await press(house, 'ana', 'stop'))).toMatch(/^Stopped\./);
    expect(await opens(house, second)).toBeUndefined();
    expect(textOf(await press(house, 'ana', 'stop'))).toContain('Nothing has changed.');
  });

  it('cannot be read where whoever runs Entente has not said where it is', async () => {
    const house = await open('');
    const answer = await ask(house, 'ana');
    expect([answer.outcome, textOf(answer)]).toEqual(['refused', expect.stringContaining('PUBLIC_URL')]);
    expect(await subscriptionOf(house.store.read, house.alliance, await idOf(house, 'Ana Ruiz'))).toBeUndefined();
  });

  it('is gone with whoever is forgotten, and does not come back with them', async () => {
    const house = await open();
    const bob = await idOf(house, 'Bob Brown');
    const answer = await ask(house, 'bob');
    const { interaction, values } = { interaction: 'people.forget', values: { person: bob } } as const;
    expect((await house.press('bob', { interaction, values }, direct)).outcome).toBe('done');
    expect(await opens(house, answer)).toBeUndefined();
    expect(await subscriptionOf(house.store.read, house.alliance, bob)).toBeUndefined();
  });

  it('goes on under the address that somebody has when two accounts become one', async () => {
    const house = await open();
    const [ana, bob] = [await idOf(house, 'Ana Ruiz'), await idOf(house, 'Bob Brown')];
    const bobs = await ask(house, 'bob');
    await house.store.write((tx) => calendar.merged?.(ana, bob, tx) ?? Promise.resolve());
    expect(await opens(house, bobs)).toBe(ana);
    const again = await ask(house, 'bob');
    await house.store.write((tx) => calendar.merged?.(ana, bob, tx) ?? Promise.resolve());
    expect([await opens(house, again), await opens(house, bobs)]).toEqual([undefined, ana]);
  });
});
