/* Minutes of a meeting with thirty items, each with all that it may have, drawn by both platforms. */
import { expect, it } from 'vitest';
import type { View } from '../src/core/view.js';
import { features } from '../src/features/index.js';
import { minutesLimits } from '../src/features/meetings/minutes-rules.js';
import { minutesSubject } from '../src/features/meetings/views.js';
import { permissions } from '../src/features/permissions.js';
import { limits as slack } from '../src/platforms/slack/limits.js';
import { drawMessage, drawModal } from '../src/platforms/slack/render.js';
import { limits as teams } from '../src/platforms/teams/limits.js';
import { bytesOf, createDraw } from '../src/platforms/teams/render.js';
import { closing, openHouse } from './house/house.js';
import { planItem } from './house/meetings.js';
import { holdMeeting, working } from './house/minutes.js';
import { eachEngine } from './stores.js';

const LONG = 30;

eachEngine('long minutes', (openStore) => {
  it('can be read to the end on both platforms', { timeout: 60_000 }, async () => {
    const house = closing(await openHouse(await openStore(), { features, permissions }));
    const { meeting } = await holdMeeting(house);
    for (let at = 0; at < LONG - 2; at += 1) {
      const text = `${at} `.padEnd(minutesLimits.text, 'wörd ');
      const about = { title: `Item ${at} ${'x'.repeat(120)}`, question: text, note: text, status: 'done' as const };
      await planItem(house, meeting, about);
    }
    const draw = createDraw();
    const fits = (view: View): void => {
      const said = JSON.stringify([drawMessage(view), drawModal(view, house.call('ana').spot)]);
      const card = draw(view, { surface: 'dialog' });
      expect(said).not.toContain('not fit here');
      expect(JSON.stringify(card)).not.toContain('not fit here');
      expect(drawMessage(view).blocks.length).toBeLessThanOrEqual(slack.messageBlocks);
      expect(bytesOf(card)).toBeLessThanOrEqual(teams.cardBytes);
    };
    const read = async (page: number): Promise<View> => {
      const subject = minutesSubject(meeting.id);
      return (await house.press('ana', { interaction: 'meetings.minutes', subject, values: { page: String(page) } }))
        .view;
    };
    const titles: string[] = [];
    for (let page = 0; ; page += 1) {
      const view = await read(page);
      fits(view);
      if (view.kind !== 'list') throw new Error('minutes are a list');
      titles.push(...view.items.map(({ title }) => title));
      if (!view.buttons?.some(({ label }) => label === 'More')) break;
    }
    expect(titles.filter((title) => /^\d+\. /.test(title))).toHaveLength(LONG);
    expect(new Set(titles).size).toBe(titles.length);
    await working(house, (work) => work.record(minutesSubject(meeting.id), 'looked', {}));
    await house.settle();
    const card = [...house.slack.standing().values()].find(
      (one) => one.kind === 'record' && one.title.startsWith('Minutes'),
    );
    if (!card) throw new Error('the minutes have a card');
    fits(card);
  });
});
