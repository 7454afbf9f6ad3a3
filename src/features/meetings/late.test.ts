import { expect, it } from 'vitest';
import { arm, at, cardsIn, flat, toldTo } from '../../../test/house/countdown.js';
import { closing, openHouse } from '../../../test/house/house.js';
import { planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import type { Partner } from '../../core/context.js';
import { ownAudience } from '../../core/directory/audience.js';
import { directoryOf } from '../../core/directory/reads.js';
import type { View } from '../../core/view.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { hourKind } from './hour-views.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const notSent = (view: View): readonly string[] => {
  if (view.kind !== 'list') throw new Error('no list');
  return flat({ kind: 'list', title: '', items: view.items.filter(({ title }) => /^Not sent/.test(title)), empty: '' })
    .split(' | ')
    .filter((text) => /^\n?JSC/.test(text))
    .map((text) => text.trim());
};

/*
 * A meeting on Friday 22 January 2027 at 13:00 UTC. Its steps are due on 1 January (topics), 12 January (papers and
 * positions), 15 January (internal) and 21 January (brief), each at 8:00 UTC, and an hour before it.
 */
eachEngine('what comes late', (open) => {
  const opened = async () => {
    const house = closing(await openHouse(await open(), { features, permissions }));
    const meeting = await arm(house, await planMeeting(house, { at: '2027-01-22T14:00' }));
    const status = async () => notSent((await house.say('ana', 'status', { direct: true, conversation: 'D1' })).view);
    return { house, meeting, status };
  };

  it.each([
    ['an hour', '2027-01-01T09:00Z'],
    ['a day, until the next on which people work', '2027-01-04T08:00Z'],
    ['a week', '2027-01-08T09:00Z'],
  ])('is sent where Entente was down for %s and it is still of use', async (_long, back) => {
    const { house, status } = await opened();
    await at(house, '2026-12-31T23:00Z');
    await at(house, back);
    expect(cardsIn(house, 'slack')).toHaveLength(1);
    expect(flat(cardsIn(house, 'slack')[0])).toContain('Call for topics until');
    expect(await status()).toEqual([]);
  });

  it('is skipped where the next step is due by then, and those who run the alliance are told', async () => {
    const { house, status } = await opened();
    await at(house, '2027-01-12T09:00Z');
    expect(flat(cardsIn(house, 'slack')[0])).toContain('Papers and questions due');
    expect(await status()).toEqual(['JSC Fri 22 Jan 2027, the call for topics (should have gone out']);
  });

  it('is skipped once the meeting has begun, however much of it there is', async () => {
    const { house, status } = await opened();
    await at(house, '2027-01-15T09:00Z');
    await at(house, '2027-01-22T13:01Z');
    expect(toldTo(house, 'bob')).toEqual([]);
    expect(await status()).toEqual([
      'JSC Fri 22 Jan 2027, the reminder just before it (should have gone out',
      'JSC Fri 22 Jan 2027, the final brief (should have gone out',
      'JSC Fri 22 Jan 2027, the call for topics (should have gone out',
    ]);
    await at(house, Date.parse('2027-01-22T15:00Z'));
    await at(house, Date.parse('2027-01-22T13:01Z') + 15 * DAY);
    expect(await status()).toEqual([]);
  });

  it('reminds late of what has not begun', async () => {
    const { house, status } = await opened();
    await at(house, '2027-01-21T08:00Z');
    await at(house, '2027-01-22T12:58Z');
    expect(toldTo(house, 'bob')).toHaveLength(1);
    expect(flat(toldTo(house, 'bob')[0])).toContain('M-1 begins');
    expect((await status()).filter((text) => text.includes('just before'))).toEqual([]);
  });

  it('says that it has begun to whom it reaches late, and to nobody once it is over', async () => {
    const { house, meeting } = await opened();
    const { id } = (await directoryOf(house.store.read, 0).partners(house.alliance))[0] as Partner;
    const drawn = (when: string) => {
      const now = Date.parse(when);
      const read = { db: house.store.read, now, directory: directoryOf(house.store.read, now) };
      return hourKind.present?.(`${meeting.id}:${meeting.startsAt}`, read, ownAudience(house.alliance, id));
    };
    expect(flat(await drawn('2027-01-22T12:59Z'))).toContain('M-1 begins');
    expect(flat(await drawn('2027-01-22T13:00Z'))).toContain('M-1 began');
    expect(await drawn('2027-01-22T14:30Z')).toBeUndefined();
  });

  it('asks the co-chairs whether a meeting took place, once, and nobody after two weeks', async () => {
    const { house, status } = await opened();
    await at(house, '2027-01-22T14:44Z');
    expect(toldTo(house, 'ana')).toEqual([]);
    await at(house, '2027-01-24T10:00Z');
    await at(house, '2027-01-24T11:00Z');
    expect(toldTo(house, 'ana')).toHaveLength(1);
    expect(toldTo(house, 'ben')).toHaveLength(1);
    expect(toldTo(house, 'bob')).toEqual([]);
    const other = await opened();
    await at(other.house, '2027-02-06T10:00Z');
    expect(toldTo(other.house, 'ana')).toEqual([]);
    expect((await other.status())[0]).toContain('the question whether it is over');
    expect((await status())[0]).toContain('the reminder just before it');
  });
});
