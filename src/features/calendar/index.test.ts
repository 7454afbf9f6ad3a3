import { expect, it } from 'vitest';
import { createChores } from '../../../test/house/chores.js';
import { closing, type House, openHouse, people, type Who } from '../../../test/house/house.js';
import { eachEngine } from '../../../test/stores.js';
import { listAbsences, listHolidays } from '../../core/directory/absences.js';
import { findPerson } from '../../core/directory/people.js';
import { directoryOf } from '../../core/directory/reads.js';
import { listActors } from '../../core/directory/resolve.js';
import type { PersonId } from '../../core/ids.js';
import type { Answer, Word } from '../../core/platform.js';
import type { Button, Text, View } from '../../core/view.js';
import { decisions } from '../decisions/index.js';
import { permissions } from '../permissions.js';
import { seats } from '../seats/index.js';
import { calendar } from './index.js';

const flat = (text: Text): string =>
  [text]
    .flat()
    .map((span) => (typeof span === 'string' ? span : 'day' in span ? span.day : '?'))
    .join('');

const wordsOf = (view: View): string => {
  if (view.kind === 'notice') return flat(view.text);
  if (view.kind !== 'list') return view.kind;
  return view.items.map((item) => `${item.title}: ${flat(item.text ?? '')}`).join('\n') || flat(view.empty);
};

const names: Record<Who, string> = { ana: 'Ana', bob: 'Bob', zoe: 'Zoe', ben: 'Ben', mei: 'Mei', jun: 'Jun' };

/** 'out @bob until Friday' with real mentions. */
const spoken = (text: string): readonly Word[] =>
  text.split(/(@(?:ana|bob|zoe|ben|mei|jun))/u).map((part) => {
    const who = part.slice(1) as Who;
    return part.startsWith('@') ? { ...people[who], name: names[who] } : part;
  });

const buttonsOf = ({ view }: Answer): readonly Button[] => {
  if (view.kind === 'notice') return view.buttons ?? [];
  return view.kind === 'list' ? view.items.flatMap((item) => item.buttons ?? []) : [];
};

eachEngine('the calendar', (openStore) => {
  const open = async (features = [calendar, seats, decisions]): Promise<House> =>
    closing(await openHouse(await openStore(), { features, permissions }));

  const ask = (house: House, who: Who, text: string) =>
    house.say(who, spoken(text), { direct: true, conversation: 'D1' });
  const say = async (house: House, who: Who, text: string) => wordsOf((await ask(house, who, text)).view);

  const tap = async (house: House, who: Who, answer: Answer, label: string): Promise<Answer> => {
    const button = buttonsOf(answer).find((one) => one.label === label);
    if (!button) throw new Error(`no button ${label} in ${JSON.stringify(answer.view)}`);
    const { id: interaction, subject, carry = {} } = button;
    return house.press(
      who,
      { interaction, ...(subject && { subject }), values: carry },
      { direct: true, conversation: 'D1' },
    );
  };

  const idOf = async ({ store }: House, who: Who) => (await findPerson(store.read, people[who])) as PersonId;
  const absencesOf = async (house: House, who: Who) =>
    (await listAbsences(house.store.read, house.alliance, await idOf(house, who), '2026-01-01')).map(
      ({ fromOn, untilOn, cover }) => [fromOn, untilOn, ...(cover ? [cover] : [])],
    );

  it('takes an absence in plain words, and a cover with one tap', async () => {
    const house = await open();
    const said = await ask(house, 'jun', 'out until 3 December');
    expect(wordsOf(said.view)).toBe(
      'You are out until 2026-12-03, that day included. No daily message comes meanwhile. Who gets what waits?',
    );
    expect(buttonsOf(said).map(({ label }) => label)).toEqual(['Ben Ito', 'Mei Sato', 'No cover', 'Undo']);
    const covered = await tap(house, 'jun', said, 'Mei Sato');
    expect(wordsOf(covered.view)).toBe('Mei Sato gets what waits for you until 2026-12-03.');
    expect(await absencesOf(house, 'jun')).toEqual([['2026-11-23', '2026-12-03', await idOf(house, 'mei')]]);
    expect(await say(house, 'jun', 'out')).toBe('23 November 2026 to 3 December 2026: Mei Sato gets what waits.');
    await tap(house, 'jun', await ask(house, 'jun', 'out'), 'I am back');
    expect(await absencesOf(house, 'jun')).toEqual([]);
  });

  it('takes the days of whoever speaks: it is tomorrow in Tokyo already', async () => {
    const house = await open();
    house.clock.at = Date.UTC(2026, 10, 23, 22);
    await say(house, 'jun', 'out today');
    await say(house, 'ana', 'out today');
    expect(await absencesOf(house, 'jun')).toEqual([['2026-11-24', '2026-11-24']]);
    expect(await absencesOf(house, 'ana')).toEqual([['2026-11-23', '2026-11-23']]);
  });

  it('takes the cover in the same words, and puts what is said later in the place of what overlaps it', async () => {
    const house = await open();
    expect(await say(house, 'ana', 'out 1 Dec to 3 Dec covered by @bob')).toBe(
      'You are out from 2026-12-01 to 2026-12-03. No daily message comes meanwhile. Bob Brown gets what waits.',
    );
    const later = await ask(house, 'ana', 'out 3 Dec to 9 Dec');
    expect(await absencesOf(house, 'ana')).toEqual([['2026-12-03', '2026-12-09']]);
    expect(wordsOf((await tap(house, 'ana', later, 'Undo')).view)).toBe(
      'Undone. You are out 1 December 2026 to 3 December 2026.',
    );
    expect(await absencesOf(house, 'ana')).toEqual([['2026-12-01', '2026-12-03', await idOf(house, 'bob')]]);
    expect(wordsOf((await tap(house, 'ana', later, 'Undo')).view)).toBe('This was undone already.');
  });

  it('ends with the word back, keeps the days that were, and is undone for five minutes', async () => {
    const house = await open();
    await say(house, 'ana', 'out until Friday');
    house.clock.at += 48 * 60 * 60 * 1_000;
    const back = await ask(house, 'ana', 'back');
    expect(wordsOf(back.view)).toBe('You are back. What waits comes to you again.');
    expect(await absencesOf(house, 'ana')).toEqual([['2026-11-23', '2026-11-24']]);
    expect(await say(house, 'ana', 'back')).toContain('You are not out.');
    await tap(house, 'ana', back, 'Undo');
    expect(await absencesOf(house, 'ana')).toEqual([['2026-11-23', '2026-11-27']]);
    house.clock.at += 6 * 60 * 1_000;
    expect(wordsOf((await tap(house, 'ana', back, 'Undo')).view)).toBe('This was undone already.');
  });

  it('is set for others of the company by its alliance professional alone', async () => {
    const house = await open();
    expect(await say(house, 'ana', 'out @bob until Friday')).toContain('Bob Brown is out until 2026-11-27');
    expect(await say(house, 'bob', 'out @ana until Friday')).toContain('Only the alliance professional of Acme Bio');
    expect(await say(house, 'ana', 'out @jun until Friday')).toContain('Jun is not one of Acme Bio’s people');
    expect(await absencesOf(house, 'jun')).toEqual([]);
    const said = await ask(house, 'jun', 'out until Friday');
    for (const who of ['ana', 'bob', 'mei'] as const) {
      const refused = await tap(house, who, said, 'No cover');
      expect([who, refused.outcome]).toEqual([who, 'refused']);
    }
    expect((await tap(house, 'ben', said, 'Mei Sato')).outcome).toBe('done');
  });

  it('takes no cover of another company, of nobody, of oneself, or who is out too', async () => {
    const house = await open();
    const refusals = {
      '@jun': 'Jun is not one of Acme Bio’s people in this alliance. Name somebody who is.',
      '@zoe': 'Zoe is not one of Acme Bio’s people in this alliance.',
      '@ana': 'Nobody covers for themselves. Name somebody else, or nobody.',
    };
    house.slack.profiles.set(people.zoe.user, { guest: true });
    for (const [who, sentence] of Object.entries(refusals))
      expect(await say(house, 'ana', `out until Friday covered by ${who}`)).toContain(sentence);
    await say(house, 'bob', 'out until Wednesday');
    expect(await say(house, 'ana', 'out until Friday covered by @bob')).toBe(
      'Bob Brown is out too, 23 November 2026 to 25 November 2026. Choose somebody else, or nobody.',
    );
    expect(await absencesOf(house, 'ana')).toEqual([]);
    // Nobody who is out is offered either.
    expect(buttonsOf(await ask(house, 'ana', 'out until Friday')).map(({ label }) => label)).toEqual(['Undo']);
  });

  it('asks with a form, and puts what is wrong beside its field', async () => {
    const house = await open();
    const { view } = await ask(house, 'bob', 'out');
    expect(view).toMatchObject({ kind: 'form', audience: 'Only Acme Bio will see this' });
    expect(view.kind === 'form' && view.fields.map(({ name }) => name)).toEqual(['from', 'until', 'cover']);
    const set = (values: Record<string, string>) => house.press('bob', { interaction: 'calendar.set', values });
    expect(await set({ from: '', until: '31 Feb' })).toMatchObject({ outcome: 'refused', field: 'until' });
    expect(await set({ from: '3 Dec', until: '1 Dec' })).toMatchObject({ outcome: 'refused', field: 'until' });
    const cover = await idOf(house, 'bob');
    expect(await set({ from: '', until: '3 Dec', cover })).toMatchObject({ outcome: 'refused', field: 'cover' });
    expect(await set({ person: await idOf(house, 'ana'), until: '3 Dec' })).toMatchObject({ outcome: 'refused' });
    expect((await set({ from: '', until: '3 Dec', cover: await idOf(house, 'ana') })).outcome).toBe('done');
    expect(await absencesOf(house, 'bob')).toEqual([['2026-11-23', '2026-12-03', await idOf(house, 'ana')]]);
  });

  it('lets an alternate confirm while their member is out', async () => {
    const house = await open();
    await say(house, 'ben', 'seat @mei alternate JSC for @jun');
    const confirm = async (text: string) => {
      const { view } = await house.say('bob', text);
      const subject = view.kind === 'notice' ? view.buttons?.[0]?.subject : undefined;
      const answer = await house.press('mei', {
        interaction: 'decisions.confirm',
        ...(subject && { subject }),
        values: { revision: '1' },
      });
      return wordsOf(answer.view);
    };
    expect(await confirm('decision Meet monthly')).toContain('vote while the member you stand in for is out');
    await say(house, 'jun', 'out until Friday');
    expect(await confirm('decision Meet weekly')).toContain('D-2 is agreed');
    await say(house, 'jun', 'back');
    const [mei] = await listActors(house.store.read, people.mei, house.clock.at);
    expect(mei?.seats.map(({ standsIn }) => standsIn)).toEqual([undefined]);
  });

  it('keeps a company’s holidays, which its professional says, and shows the other company none of them', async () => {
    const house = await open();
    expect(await say(house, 'bob', 'holidays')).toContain('None yet. The alliance professional of Acme Bio says them');
    expect(await say(house, 'bob', 'holidays 25 Dec')).toContain('Only the alliance professional of Acme Bio');
    const added = await ask(house, 'ana', 'holidays 25 Dec Christmas, 1 Jan New Year');
    expect(wordsOf(added.view)).toBe("2 days are holidays of Acme Bio. Say 'holidays' to see them all.");
    expect(await say(house, 'bob', 'holidays')).toBe('25 December 2026: Christmas\n1 January 2027: New Year');
    expect(await say(house, 'ben', 'holidays')).toContain('None yet.');
    expect(await say(house, 'ana', 'holidays remove 25 Dec')).toBe(
      "Fri 25 Dec 2026 is a working day of Acme Bio again. Say 'holidays' to see them all.",
    );
    expect(await say(house, 'ana', 'holidays remove 26 Dec')).toContain('None of these days is a holiday.');
    const removed = await tap(house, 'ana', await ask(house, 'ana', 'holidays'), 'Remove');
    expect(await say(house, 'ana', 'holidays')).toContain('None yet.');
    expect((await tap(house, 'ben', removed, 'Undo')).outcome).toBe('refused');
    await tap(house, 'ana', removed, 'Undo');
    expect(await say(house, 'ana', 'holidays')).toBe('1 January 2027: New Year');
  });

  it('mutes the daily message until a day, and says what is set', async () => {
    const house = await open();
    expect(await say(house, 'jun', 'mute')).toContain('Your daily message comes at 09:00 (Asia/Tokyo)');
    const muted = await ask(house, 'jun', 'mute until 3 December');
    expect(wordsOf(muted.view)).toContain('No daily message comes until 2026-12-03, that day included.');
    expect(await say(house, 'jun', 'mute')).toContain('No daily message comes until 2026-12-03');
    await tap(house, 'jun', muted, 'Unmute');
    expect(await say(house, 'jun', 'mute')).toContain('Your daily message comes');
    expect(await say(house, 'jun', 'mute until yesterday')).toContain('is over');
    expect(await say(house, 'jun', 'mute until 3 June 2030')).toContain('more than a year away');
    await say(house, 'jun', 'mute Friday');
    expect(await say(house, 'jun', 'mute off')).toContain('Your daily message comes');
    expect(await say(house, 'jun', 'unmute')).toContain('Your daily message comes');
  });

  it('tells the other company nothing of any of it', async () => {
    const { feature } = createChores([]);
    const house = await open([calendar, seats, decisions, feature]);
    await say(house, 'ana', 'out until Friday covered by @bob');
    await say(house, 'ana', 'holidays 25 Dec Secret retreat');
    await say(house, 'bob', 'mute until Friday');
    await house.settle();
    expect(house.teams.sent).toEqual([]);
    const theirs = [await ask(house, 'ben', 'holidays'), await ask(house, 'ben', 'out'), await ask(house, 'ben', '')];
    expect(JSON.stringify(theirs)).not.toMatch(/Secret|Ana|Bob/u);
    const own = await directoryOf(house.store.read, 0).partnerOf(house.alliance, await idOf(house, 'ana'));
    expect((await listHolidays(house.store.read, own?.id as never)).size).toBe(1);
  });
});
