import { expect, it } from 'vitest';
import { demoAlliance, type House, openHouse, people, type Who } from '../../../test/house/house.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import type { Audience, Read } from '../../core/context.js';
import { directoryOf } from '../../core/directory/reads.js';
import { listActors } from '../../core/directory/resolve.js';
import { directoryTables } from '../../core/directory/tables.js';
import type { Waiting } from '../../core/feature.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import type { Answer } from '../../core/platform.js';
import type { Subject, Text } from '../../core/view.js';
import { isToldOn } from '../../core/waiting.js';
import { committees } from '../committees/index.js';
import { people as linking } from '../people/index.js';
import { permissions } from '../permissions.js';
import { seats } from '../seats/index.js';
import { actions } from './index.js';

const open = async (openStore: Open): Promise<House> =>
  openHouse(await openStore(), {
    features: [actions, committees, seats, linking],
    permissions,
    alliance: demoAlliance,
  });

const flat = (text: Text | undefined): string =>
  [text ?? []]
    .flat()
    .map((span) => (typeof span === 'string' ? span : typeof span === 'object' && 'day' in span ? span.day : ''))
    .join('');

const subjectOf = ({ view }: Answer): Subject => (view.kind === 'notice' && view.buttons?.[0]?.subject) as Subject;

const record = async (house: House, who: Who, text: string): Promise<Subject> =>
  subjectOf(await house.say(who, `action ${text}`));

const press = (house: House, who: Who, verb: string, subject: Subject, values: Record<string, string> = {}) =>
  house.press(who, { interaction: `actions.${verb}`, subject, values });

const readOf = ({ store, clock }: House): Read => ({
  db: store.read,
  now: clock.at,
  directory: directoryOf(store.read, clock.at),
});

/** What waits for somebody, as their home and their daily message ask. */
const waitingFor = async (house: House, who: Who): Promise<readonly Waiting[]> => {
  const [actor] = await listActors(house.store.read, people[who], house.clock.at);
  if (!actor) throw new Error('nobody');
  const audience = { alliance: house.alliance, partners: [actor.partner.id], own: actor.partner.id };
  return (await actions.waiting?.(actor, readOf(house), audience as unknown as Audience)) ?? [];
};

const DAY = 86_400_000;

/** On which of the days from now on the daily message speaks of the first thing that waits. */
const toldOn = async (house: House, who: Who, days: number): Promise<string[]> => {
  const told: string[] = [];
  let last = '2026-11-23';
  for (let day = 0; day < days; day += 1) {
    house.clock.at += DAY;
    const today = new Date(house.clock.at).toISOString().slice(0, 10);
    const [item] = await waitingFor(house, who);
    if (item && isToldOn(item, today, last)) told.push(today);
    last = today;
  }
  return told;
};

eachEngine('what waits of actions', (openStore) => {
  it('is every day for an owner who has not accepted, with the buttons to answer', async () => {
    const house = await open(openStore);
    await record(house, 'ana', '@Ben Ito Send the revised protocol by 10 December');
    const [item] = await waitingFor(house, 'ben');
    expect(item).toMatchObject({ title: 'A-1 Send the revised protocol', dueOn: '2026-12-10' });
    expect(flat(item?.text)).toBe('Ana Ruiz asks you. Due 2026-12-10, in 17 days. For the JSC.');
    expect(item?.buttons?.map(({ label }) => label)).toEqual(['Accept', 'Another date', 'Decline']);
    expect(await toldOn(house, 'ben', 3)).toEqual(['2026-11-24', '2026-11-25', '2026-11-26']);
    expect(await waitingFor(house, 'ana')).toEqual([]);
  });

  it('is told the day after it was given, three working days before it is due, on the day, and weekly after it', async () => {
    const house = await open(openStore);
    await record(house, 'ana', '@Bob Brown Send the revised protocol by 4 December');
    const [item] = await waitingFor(house, 'bob');
    expect(item?.buttons?.map(({ label }) => label)).toEqual(['Done', 'Blocked because', 'Another date']);
    expect(await toldOn(house, 'bob', 25)).toEqual([
      ...['2026-11-24', '2026-12-01', '2026-12-04', '2026-12-11', '2026-12-18'],
    ]);
    const [over] = await waitingFor(house, 'bob');
    expect(flat(over?.text)).toBe('Due 2026-12-04, 14 days over. For the JSC.');
  });

  it('keeps to the holidays of the owner’s company', async () => {
    const house = await open(openStore);
    const { partners, holidays } = directoryTables(house.store.read);
    const acme = (await house.store.read.select().from(partners)).find(({ name }) => name === 'Acme Bio')?.id ?? '';
    await house.store.write((tx) => tx.insert(holidays).values({ partnerId: acme, on: '2026-12-04', name: 'A day' }));
    await record(house, 'ana', 'me: send the agenda by 4 December');
    await record(house, 'ben', 'me: send the agenda by 4 December');
    expect((await waitingFor(house, 'ana'))[0]?.remind).toEqual({ on: ['2026-12-01', '2026-12-03'] });
    expect((await waitingFor(house, 'ben'))[0]?.remind).toEqual({ on: ['2026-12-01', '2026-12-04'] });
  });

  it('is told to those who run the alliance for the owner’s company once it is two weeks over, and to nobody else', async () => {
    const house = await open(openStore);
    const subject = await record(house, 'ana', '@Jun Mori Send the revised protocol by Friday');
    await press(house, 'jun', 'accept', subject, { due: '2026-11-27' });
    house.clock.at += 17 * DAY;
    expect(await waitingFor(house, 'ben')).toEqual([]);
    house.clock.at += DAY;
    const [item] = await waitingFor(house, 'ben');
    expect(flat(item?.text)).toBe('A-1 of Jun Mori is overdue since 2026-11-27, 14 days over. For the JSC.');
    expect(item?.buttons?.map(({ label }) => label)).toEqual(['Hand over', 'Drop because']);
    expect(item?.remind).toEqual({ on: ['2026-12-11', '2026-12-18'] });
    for (const who of ['ana', 'bob', 'mei'] as const) expect(await waitingFor(house, who)).toEqual([]);
  });

  it('is with whoever gave it once it is declined', async () => {
    const house = await open(openStore);
    const subject = await record(house, 'bob', '@Ben Ito Send the revised protocol by Friday');
    await press(house, 'ben', 'decline', subject, { reason: 'Regulatory owns this' });
    expect(await waitingFor(house, 'ben')).toEqual([]);
    const [item] = await waitingFor(house, 'bob');
    expect(flat(item?.text)).toBe('Declined by Ben Ito: Regulatory owns this. Due 2026-11-27, in 4 days. For the JSC.');
    const labels = item?.buttons?.map(({ label }) => label);
    expect(labels).toEqual(['Hand over', 'Drop because']);
  });

  it('is shown in the home, most urgent first', async () => {
    const house = await open(openStore);
    await record(house, 'ana', 'me: send the agenda in two weeks');
    await record(house, 'ana', 'me: send the minutes tomorrow');
    const { view } = await house.say('ana', '');
    const titles = view.kind === 'list' ? view.items.map(({ title }) => title) : [];
    expect(titles.slice(0, 2)).toEqual(['A-2 send the minutes', 'A-1 send the agenda']);
  });
});

eachEngine('actions and the rest of the record', (openStore) => {
  it('keep their committee from being closed', async () => {
    const house = await open(openStore);
    const subject = await record(house, 'ana', '@Ben Ito Send the revised protocol by Friday');
    const pending = async () => JSON.stringify((await house.say('ana', 'committee close JSC')).view);
    expect(await pending()).toContain('A-1 Send the revised protocol');
    await press(house, 'ana', 'drop', subject, { reason: 'Not needed' });
    expect(await pending()).not.toContain('A-1');
  });

  it('are listed for handing over when their owner leaves', async () => {
    const house = await open(openStore);
    const subject = await record(house, 'ben', '@Jun Mori Send the revised protocol by Friday');
    const left = await house.say('ben', ['unseat ', { ...people.jun, name: 'Jun Mori' }, ' JSC']);
    expect(JSON.stringify(left.view)).toContain('A-1 Send the revised protocol');
    const [item] = left.view.kind === 'list' ? left.view.items : [];
    expect(item?.buttons?.map(({ id }) => id)).toEqual(['actions.ask-hand-over']);
    expect((await press(house, 'ben', 'ask-hand-over', subject)).view.kind).toBe('form');
    // Whoever has no seat any more still owes it, and can say so.
    expect((await press(house, 'jun', 'done', subject)).outcome).toBe('done');
  });

  it('are theirs still when their owner links another account and becomes one with it', async () => {
    const house = await open(openStore);
    const subject = await record(house, 'ana', '@Bob Brown Send the revised protocol by Friday');
    const told = await house.say('zoe', 'link', { conversation: 'D-zoe', direct: true });
    const code = /link ((?:[a-z]+-){3}[a-z]+ [a-z]+)/.exec(JSON.stringify(told.view))?.[1] ?? '';
    const offer = await house.say('bob', `link ${code}`, { conversation: 'D-bob', direct: true });
    const [button] = offer.view.kind === 'notice' ? (offer.view.buttons ?? []) : [];
    const pressed = { interaction: 'people.link', values: { ...button?.carry } } as const;
    expect((await house.press('bob', pressed, { conversation: 'D-bob', direct: true })).outcome).toBe('done');
    expect((await waitingFor(house, 'zoe')).map(({ title }) => title)).toEqual(['A-1 Send the revised protocol']);
    expect((await press(house, 'bob', 'done', subject)).outcome).toBe('done');
  });

  it('tell permissions whose they are, and nothing where they cannot be read', async () => {
    const house = await open(openStore);
    const subject = await record(house, 'ana', '@Ben Ito Send the revised protocol by Friday');
    const partners: PartnerId[] = [];
    const audience = { alliance: house.alliance, partners } as unknown as Audience;
    const about = await actions.about?.(subject.id, readOf(house), audience);
    expect(about).toMatchObject({ owner: { name: 'Ben Ito' } });
    const ana = (about?.author ?? '') as PersonId;
    expect((await directoryOf(house.store.read, house.clock.at).names([ana])).get(ana)).toBe('Ana Ruiz');
    const elsewhere = { ...audience, alliance: 'other' } as unknown as Audience;
    expect(await actions.about?.(subject.id, readOf(house), elsewhere)).toBeUndefined();
    expect(await actions.present?.(subject.id, readOf(house), elsewhere)).toBeUndefined();
  });
});
