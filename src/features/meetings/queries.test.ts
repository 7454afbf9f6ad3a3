import { describe, expect, it, onTestFinished } from 'vitest';
import { arm, at } from '../../../test/house/countdown.js';
import { closing, type House, openHouse, people } from '../../../test/house/house.js';
import { planAgain, planItem, planMeeting } from '../../../test/house/meetings.js';
import { countingQueries } from '../../../test/house/queries.js';
import { freshPostgres } from '../../../test/stores.js';
import { openStore } from '../../core/db/open.js';
import { ownAudience, sharedAudience } from '../../core/directory/audience.js';
import { directoryOf, readingOnce } from '../../core/directory/reads.js';
import { actorFor } from '../../core/directory/resolve.js';
import { meetingCard } from './card-views.js';
import { meetings } from './index.js';

const open = async (): Promise<House> => {
  const store = await openStore(await freshPostgres());
  onTestFinished(() => store.close());
  return closing(await openHouse(store, { features: [meetings] }));
};

describe('telling many people of one thing', () => {
  it('sends each of them one message, and changes it for nobody else’s having come', async () => {
    const house = await open();
    const meeting = await planMeeting(house);
    await planItem(house, meeting);
    await arm(house, meeting);
    await at(house, meeting.startsAt - 3_600_000);
    const direct = [...house.slack.sent, ...house.teams.sent].filter(({ view }) => view.kind === 'list');
    expect(direct.length).toBeGreaterThan(2);
    expect(direct.filter(({ how }) => how === 'update')).toEqual([]);
  });
});

describe('drawing and listing', () => {
  it('draws the card of a meeting with few queries, however many of its parts need the same', async () => {
    const house = await open();
    const meeting = await planMeeting(house);
    for (let n = 0; n < 5; n += 1) await planItem(house, meeting, { title: `Item ${n}` });
    const audience = await sharedAudience(house.store.read, house.alliance);
    const count = await house.store.snapshot((db) => {
      const now = meeting.startsAt - 3_600_000;
      return countingQueries(() => meetingCard(meeting, { db, now, directory: directoryOf(db, now) }, audience));
    });
    expect(count).toBeLessThanOrEqual(20);
  });

  it.each([1, 12])('lists what waits for somebody with the same few queries before %i meetings', async (many) => {
    const house = await open();
    const first = await planMeeting(house);
    await planItem(house, first);
    for (let n = 1; n < many; n += 1) {
      const at = `2026-12-${String(11 + n).padStart(2, '0')}T14:00`;
      await planItem(house, await planAgain(house, first, { original: at, startsAt: first.startsAt + n * 86_400_000 }));
    }
    house.clock.at = first.startsAt - 4 * 86_400_000;
    const { at: now } = house.clock;
    const count = await house.store.snapshot(async (db) => {
      const directory = directoryOf(db, now);
      const [ana] = (await directory.seats(first.committee)).filter(({ personName }) => personName === 'Ana Ruiz');
      const actor = ana && (await actorFor(db, house.alliance, ana.person, now));
      if (!actor) throw new Error(`${people.ana.user} takes no part`);
      const audience = ownAudience(house.alliance, actor.partner.id);
      return countingQueries(async () => meetings.waiting?.(actor, readingOnce({ db, now, directory }), audience));
    });
    expect(count).toBeLessThanOrEqual(27);
  });
});
