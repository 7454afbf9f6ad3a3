import { expect, it } from 'vitest';
import { arm, at, changed, flat, personOf, toldTo } from '../../../test/house/countdown.js';
import { closing, type House, openHouse, type Who } from '../../../test/house/house.js';
import { planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import type { View } from '../../core/view.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { findMeeting } from './store.js';

const labels = (view: View | undefined) =>
  view?.kind === 'notice' ? (view.buttons ?? []).map(({ label }) => label) : [];

eachEngine('a meeting that nobody closed', (open) => {
  const opened = async (): Promise<House> => closing(await openHouse(await open(), { features, permissions }));

  const tap = (house: House, who: Who, label: string) => {
    const [view] = toldTo(house, who);
    const button = view?.kind === 'notice' ? view.buttons?.find((one) => one.label === label) : undefined;
    if (!button) throw new Error(`no button ${label} in ${JSON.stringify(view)}`);
    return house.press(
      who,
      { interaction: button.id, ...(button.subject && { subject: button.subject }) },
      { direct: true, conversation: 'D1' },
    );
  };

  it('is asked about a quarter of an hour after its end, of whoever opened it, once', async () => {
    const house = await opened();
    const meeting = await arm(house, await planMeeting(house));
    const openedBy = await personOf(house, 'ana');
    house.clock.at = meeting.startsAt;
    await changed(house, meeting, { status: 'open', openedAt: meeting.startsAt, openedBy });
    await at(house, '2026-12-11T14:44Z');
    const before = toldTo(house, 'ana').length;
    await at(house, '2026-12-11T14:45Z');
    expect([toldTo(house, 'ana').length, toldTo(house, 'ben').length]).toEqual([before + 1, 0]);
    expect(labels(toldTo(house, 'ana')[0])).toEqual(['Close meeting', 'Still going']);
    await tap(house, 'ana', 'Still going');
    await at(house, '2026-12-11T18:00Z');
    expect(toldTo(house, 'ana')).toHaveLength(before + 1);
    expect(flat(toldTo(house, 'ana')[0])).toContain('Ana Ruiz says that it is still going.');
    expect(labels(toldTo(house, 'ana')[0])).toEqual(['Close meeting']);
    await changed(house, meeting, { status: 'held', openedBy });
    await at(house, '2026-12-11T18:01Z');
    expect(flat(toldTo(house, 'ana')[0])).toContain('M-1 is closed.');
  });

  it('and nobody opened is asked about of both co-chairs, and can be opened late or cancelled', async () => {
    const house = await opened();
    const meeting = await arm(house, await planMeeting(house));
    await at(house, '2026-12-11T14:45Z');
    expect(labels(toldTo(house, 'ana')[0])).toEqual(['It took place', 'Cancel the meeting']);
    expect(flat(toldTo(house, 'ben')[0])).toContain('and nobody opened it. Did it take place?');
    const said = await tap(house, 'ben', 'It took place');
    expect(flat(said.view)).toContain('M-1 counts as opened when it was to begin. Record now what the room decided');
    expect(await findMeeting(house.store.read, meeting.id)).toMatchObject({
      status: 'open',
      openedAt: meeting.startsAt,
      openedBy: await personOf(house, 'ben'),
    });
    await house.settle();
    expect(labels(toldTo(house, 'ana')[0])).toEqual(['Close meeting', 'Still going']);
    await at(house, '2026-12-12T14:45Z');
    expect(toldTo(house, 'ana')).toHaveLength(1);
  });

  it('is not opened twice, and not beside another one of the committee', async () => {
    const house = await opened();
    const meeting = await arm(house, await planMeeting(house));
    const other = await planMeeting(house, { at: '2026-12-11T16:00' });
    await at(house, '2026-12-11T14:45Z');
    const subject = { feature: 'meetings', id: `unclosed:${meeting.id}:${meeting.startsAt}` };
    await changed(house, other, { status: 'open' });
    expect((await tap(house, 'ben', 'It took place')).view).toMatchObject({
      text: 'M-2 is open just now. Close it first, then press this again.',
    });
    expect((await house.press('ana', { interaction: 'meetings.still-going', subject })).view).toMatchObject({
      text: "M-1 was never opened. Say 'meeting open' to begin it now, or press It took place.",
    });
    await changed(house, other, { status: 'held' });
    await tap(house, 'ben', 'It took place');
    expect((await house.press('ana', { interaction: 'meetings.took-place', subject })).view).toMatchObject({
      text: 'M-1 is under way already. Nothing has changed.',
    });
    expect(await house.press('bob', { interaction: 'meetings.took-place', subject })).toMatchObject({
      outcome: 'refused',
    });
  });

  it('and was moved meanwhile says so, and is asked about again after its new end', async () => {
    const house = await opened();
    const meeting = await arm(house, await planMeeting(house));
    await at(house, '2026-12-11T14:45Z');
    await changed(house, meeting, { startsAt: meeting.startsAt + 7 * 86_400_000 });
    await at(house, '2026-12-11T15:00Z');
    expect(flat(toldTo(house, 'ana')[0])).toContain('M-1 was moved to  | 2026-12-18T13:00');
    expect(labels(toldTo(house, 'ana')[0])).toEqual([]);
    await at(house, '2026-12-18T14:45Z');
    expect(toldTo(house, 'ana').filter((view) => labels(view).includes('It took place'))).toHaveLength(1);
  });
});
