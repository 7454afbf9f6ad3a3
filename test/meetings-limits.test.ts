/* Every picture of a meeting that is as large as one may be, drawn by both chats' renderers: they have to cut nothing. */
import { expect, it } from 'vitest';
import { planDaily } from '../src/core/daily/plan.js';
import type { ListView, View } from '../src/core/view.js';
import { features } from '../src/features/index.js';
import type { Meeting } from '../src/features/meetings/rules.js';
import { minutesSubject, subjectOf } from '../src/features/meetings/views.js';
import { permissions } from '../src/features/permissions.js';
import { arm } from './house/countdown.js';
import { crowdedAlliance, crowdMeeting, noteDown, wordy } from './house/crowd.js';
import { faultsOf, type Surface } from './house/drawn.js';
import { closing, type House, lanes, openHouse, type Who } from './house/house.js';
import { idOf, jscOf, planItem, planMeeting } from './house/meetings.js';
import { attend, at as runAt } from './house/minutes.js';
import { pressOn } from './house/room.js';
import { eachEngine } from './stores.js';

const whole = (view: View, surface: Surface = 'message'): View => {
  expect(faultsOf(view, surface)).toEqual([]);
  return view;
};

/** All titles of a list, page by page. */
const walk = async (house: House, who: Who, first: View, where: object = {}): Promise<readonly string[]> => {
  const titles: string[] = [];
  let view = first;
  for (let pages = 0; pages < 60; pages += 1) {
    const list = whole(view, 'window') as ListView;
    titles.push(...list.items.map(({ title }) => title));
    const more = list.buttons?.find(({ label }) => label === 'More');
    if (!more) return titles;
    const { id: interaction, subject, carry: values = {} } = more;
    ({ view } = await house.press(who, { interaction, ...(subject && { subject }), values }, where));
  }
  throw new Error('there is no last page');
};

const numbered = (titles: readonly string[], word: RegExp): number =>
  new Set(titles.flatMap((title) => word.exec(title)?.[1] ?? [])).size;

eachEngine('a large meeting', (openStore) => {
  const crowded = async (): Promise<House> =>
    closing(await openHouse(await openStore(), { features, permissions, alliance: crowdedAlliance }));

  const said = async (house: House, who: Who, text: string, where: object = {}) =>
    (await house.say(who, text, where)).view;

  const pressed = async (house: House, who: Who, verb: string, { id }: Pick<Meeting, 'id'>, values = {}) =>
    (await house.press(who, { interaction: `meetings.${verb}`, subject: subjectOf(id), values })).view;

  it('is prepared without anything being cut off', { timeout: 120_000 }, async () => {
    const house = await crowded();
    const { meeting, items } = await crowdMeeting(house);
    await noteDown(house, meeting, 'Ana Ruiz', 50);
    house.clock.at = Date.UTC(2026, 11, 7, 9);
    whole(await said(house, 'ana', 'meeting show M-1'));
    const agenda = await walk(house, 'ana', await said(house, 'ana', 'meeting agenda M-1'));
    expect(numbered(agenda, /^(\d+)\. /)).toBe(items.length);
    const own = { conversation: lanes.slack };
    const positions = await walk(house, 'ana', await said(house, 'ana', 'meeting positions M-1', own), own);
    expect(numbered(positions, /^Title (\d+) /)).toBe(items.length);
    whole(await said(house, 'ana', 'meeting prep M-1', own));
    whole(await said(house, 'ana', 'meeting readiness M-1', own));
    whole(await said(house, 'ana', 'meeting readiness M-1'));
    for (const text of ['meeting', 'meeting plan JSC', 'meeting recuse M-1']) whole(await said(house, 'ana', text));
    whole(await pressed(house, 'ana', 'propose', meeting), 'window');
    whole(await pressed(house, 'ana', 'ask-snooze', meeting), 'window');
    await house.settle();
    for (const view of house.slack.standing().values()) whole(view);
  });

  it('asks everybody for everything', { timeout: 120_000 }, async () => {
    const house = await crowded();
    const { meeting, items } = await crowdMeeting(house, { status: 'accepted' });
    const ben = await idOf(house, 'Ben Ito');
    for (const day of ['2026-12-08', '2026-12-09', '2026-12-10']) {
      const other = await planMeeting(house, { at: `${day}T14:00` });
      for (const n of [1, 2, 3, 4, 5, 6]) {
        const question = `${wordy(`Ask ${day} ${n}`, 299)}?`;
        await planItem(house, other, { title: wordy(`Other ${day} ${n}`, 120), question, owner: ben });
      }
      await arm(house, other);
    }
    await arm(house, meeting);
    house.clock.at = Date.UTC(2026, 11, 6, 9);
    await planDaily(house.store, house.clock.at);
    await runAt(house, '2026-12-07T09:30:00Z');
    const told = [...house.slack.standing().values(), ...house.teams.standing().values()];
    expect(told.filter((view) => view.kind === 'list').length).toBeGreaterThan(20);
    for (const view of told) whole(view);
    const duties = await walk(house, 'ben', await pressed(house, 'ben', 'duties', meeting));
    expect(numbered(duties, /^Your position: Title (\d+) /)).toBe(items.length);
    whole(await said(house, 'ben', 'entente'), 'home');
    const readiness = await said(house, 'ana', 'meeting readiness M-1');
    whole((await pressOn(house, 'ana', readiness, 'Nudge these 27')).view);
    await house.settle();
    for (const view of house.slack.standing().values()) whole(view);
  });

  it('is run and minuted without anything being cut off', { timeout: 240_000 }, async () => {
    const house = await crowded();
    const { meeting, items } = await crowdMeeting(house);
    house.clock.at = meeting.startsAt;
    whole(await said(house, 'ana', 'open meeting JSC'));
    const names = (await jscOf(house)).seats.map(({ personName }) => personName);
    await attend(house, meeting, names);
    const running = () => said(house, 'ana', 'meeting show M-1');
    whole(await running());
    const here = await walk(house, 'ana', await pressed(house, 'ana', 'here', meeting));
    expect(here.filter((title) => names.some((name) => title.startsWith(`${name},`)))).toHaveLength(names.length);
    whole(await pressOn(house, 'ana', await running(), 'Next').then(({ view }) => view));
    for (const label of ['Decided', 'Action'])
      whole((await pressOn(house, 'ana', whole(await running()), label)).view, 'window');
    for (let n = 2; n <= items.length; n += 1) await pressOn(house, 'ana', await running(), n % 3 ? 'Park' : 'Next');
    const question = whole(await said(house, 'ana', 'close meeting'));
    whole((await pressOn(house, 'ana', question, 'Yes, close')).view);
    whole(await running());
    const minutes = await walk(house, 'ana', await said(house, 'ana', 'meeting minutes M-1'));
    expect(numbered(minutes, /^(\d+)\. /)).toBe(items.length);
    whole(await pressed(house, 'ana', 'history', meeting), 'window');
    const change = await house.press('ben', {
      interaction: 'meetings.ask-change',
      subject: minutesSubject(meeting.id),
    });
    whole(change.view, 'window');
    await house.settle();
    for (const view of house.slack.standing().values()) whole(view);
  });
});
