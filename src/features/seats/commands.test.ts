import { expect, it } from 'vitest';
import { closing, type House, openHouse, people, type Who } from '../../../test/house/house.js';
import { eachEngine } from '../../../test/stores.js';
import { directoryOf } from '../../core/directory/reads.js';
import { directoryTables } from '../../core/directory/tables.js';
import type { Feature } from '../../core/feature.js';
import type { Answer, Word } from '../../core/platform.js';
import type { Text, View } from '../../core/view.js';
import { runDueWakes } from '../../core/wakes.js';
import { committees } from '../committees/index.js';
import { permissions } from '../permissions.js';
import { seats } from './index.js';

const flat = (text: Text): string =>
  [text]
    .flat()
    .map((span) => (typeof span === 'string' ? span : 'day' in span ? span.day : '?'))
    .join('');

const wordsOf = (view: View): string => {
  if (view.kind === 'notice') return flat(view.text);
  if (view.kind !== 'list') return view.kind;
  return [flat(view.intro ?? ''), ...view.items.map((item) => `${item.title}: ${flat(item.text ?? '')}`)].join('\n');
};

const names: Record<Who, string> = { ana: 'Ana', bob: 'Bob', zoe: 'Zoe Zane', ben: 'Ben', mei: 'Mei', jun: 'Jun' };

const mention = (who: Who): Word => ({ user: people[who].user, workspace: people[who].workspace, name: names[who] });

/** 'seat @bob member JSC' with real mentions. */
const spoken = (text: string): readonly Word[] =>
  text
    .split(/(@(?:ana|bob|zoe|ben|mei|jun))/u)
    .map((part) => (part.startsWith('@') ? mention(part.slice(1) as Who) : part));

const DAY = 24 * 60 * 60 * 1_000;

eachEngine('seats', (open, engine) => {
  const openRooms = async (more: readonly Feature[] = []): Promise<House> =>
    closing(await openHouse(await open(), { features: [committees, seats, ...more], permissions }));

  const say = async (house: House, who: Who, text: string, more = {}): Promise<string> =>
    wordsOf((await house.say(who, spoken(text), more)).view);

  const jsc = async (house: House) => {
    const directory = directoryOf(house.store.read, house.clock.at);
    const [committee] = (await directory.committees(house.alliance)).filter((one) => one.key === 'JSC');
    if (!committee) throw new Error('no JSC');
    return {
      id: committee.id,
      now: await directory.seats(committee.id),
      all: await directory.seats(committee.id, 'all'),
    };
  };

  const roleOf = async (house: House, name: string, when: 'now' | 'all' = 'now') =>
    (await jsc(house))[when].find((seat) => seat.personName.startsWith(name))?.role;

  const undo = (house: House, who: Who, answer: Answer) => {
    const { view } = answer;
    const [button] = (view.kind === 'notice' || view.kind === 'list' ? view.buttons : undefined) ?? [];
    if (!button) throw new Error('no button');
    return house.press(who, { interaction: button.id, subject: button.subject });
  };

  it('are changed in a word, and the committee’s channels get one line', async () => {
    const house = await openRooms();
    expect(await say(house, 'ben', 'seat @mei member JSC')).toBe(
      'Mei Sato (Nova Pharma) is now a member of the JSC. Acme Bio and Nova Pharma see this.',
    );
    expect(await roleOf(house, 'Mei')).toBe('member');
    await house.settle();
    const cards = [house.slack, house.teams].flatMap((side) => [...side.standing().values()].map(wordsOf));
    expect(cards).toEqual(Array(2).fill('Mei Sato (Nova Pharma) is now a member of the JSC. Changed by Ben Ito.'));
  });

  it('are given to somebody whom Entente meets by the mention, from a day on', async () => {
    const house = await openRooms();
    house.slack.profiles.set(people.zoe.user, { name: 'Zoe Zane' });
    expect(await say(house, 'ana', 'seat @zoe JSC observer from 1 Jan until 31 March')).toBe(
      'Zoe Zane (Acme Bio) is an observer on the JSC, from 2027-01-01, until 2027-03-31. Acme Bio and Nova Pharma see this.',
    );
    expect(await roleOf(house, 'Zoe')).toBeUndefined();
    house.clock.at = Date.UTC(2027, 0, 15);
    expect(await roleOf(house, 'Zoe')).toBe('observer');
    house.clock.at = Date.UTC(2027, 3, 15);
    expect(await roleOf(house, 'Zoe', 'all')).toBeUndefined();
  });

  it('name whom an alternate stands in for, and who sits opposite', async () => {
    const house = await openRooms();
    expect(await say(house, 'ben', 'seat @mei alternate for @jun')).toContain(
      'is now an alternate on the JSC, standing in for Jun Mori.',
    );
    expect((await jsc(house)).now.find((seat) => seat.personName === 'Mei Sato')).toMatchObject({
      role: 'alternate',
      standsFor: expect.any(String),
    });
    expect(await say(house, 'ana', 'roster JSC')).toContain('Mei Sato for Jun Mori, alternate');
  });

  it('are shown as a roster that says where one stands', async () => {
    const house = await openRooms();
    await say(house, 'ana', 'seat @zoe guest JSC from 1 Jan');
    expect(await say(house, 'mei', 'roster')).toBe(
      [
        'You sit as observer. Acme Bio and Nova Pharma see this.',
        'Acme Bio: Ana Ruiz, co-chair, opposite Ben Ito\nBob Brown, member\nFrom 2027-01-01: U09ZOE, guest\nRuns the alliance: Ana Ruiz',
        'Nova Pharma: Ben Ito, co-chair, opposite Ana Ruiz\nJun Mori, member\nMei Sato, observer\nRuns the alliance: Ben Ito',
      ].join('\n'),
    );
    expect(await say(house, 'zoe', 'roster the jsc', { direct: true, conversation: 'DZOE' })).toContain(
      'You sit as guest from 2027-01-01.',
    );
    expect(await say(house, 'mei', 'roster XYZ')).toContain("There is no committee 'XYZ'");
  });

  it('ask which roster is meant where several could be', async () => {
    const house = await openRooms();
    await say(house, 'ana', 'committee add JDC Joint Development Committee');
    const { view } = await house.say('ana', 'roster', { direct: true, conversation: 'DANA' });
    expect(view.kind === 'notice' && view.buttons?.map((button) => button.label)).toEqual(['JDC', 'JSC']);
    const [button] = view.kind === 'notice' ? (view.buttons ?? []) : [];
    const jdc = await house.press('ana', { interaction: 'seats.roster', values: { ...button?.carry } });
    expect(wordsOf(jdc.view)).toContain(
      'You have no seat on the JDC. Acme Bio and Nova Pharma see this.\nAcme Bio: Vacant: co-chair',
    );
    expect(await say(house, 'bob', 'roster', { direct: true, conversation: 'DBOB' })).toContain('You sit as member.');
  });

  it('are asked for with a form where something is missing, filled in as far as it was said', async () => {
    const house = await openRooms();
    const { view } = await house.say('ana', spoken('seat @zoe from 1 Jan'));
    expect(view).toMatchObject({
      kind: 'form',
      title: 'Seat somebody',
      audience: 'Acme Bio and Nova Pharma will see this',
    });
    const fields = view.kind === 'form' ? view.fields : [];
    const filled = Object.fromEntries(
      fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    );
    expect(filled).toMatchObject({ committee: (await jsc(house)).id, from: '2027-01-01', standsFor: 'nobody' });
    expect(filled).not.toHaveProperty('role');
    const submit = (values: Record<string, string>) =>
      house.press('ana', { interaction: 'seats.seat', values: { ...filled, ...values } });
    expect(await submit({ role: '' })).toMatchObject({ outcome: 'refused', field: 'role' });
    expect(await submit({ role: 'alternate' })).toMatchObject({ outcome: 'refused', field: 'standsFor' });
    expect(await submit({ role: 'member', until: '1/2' })).toMatchObject({ outcome: 'refused', field: 'until' });
    expect(await submit({ role: 'member', until: '31 Dec 2026' })).toMatchObject({
      outcome: 'refused',
      field: 'until',
    });
    expect(await submit({ role: 'member', until: 'until 31 Dec 2027' })).toMatchObject({ outcome: 'done' });
    expect(await roleOf(house, 'U09ZOE', 'all')).toBe('member');
  });

  it('are shown in the form as they are when only a name is said, and get a counterpart there', async () => {
    const house = await openRooms();
    const { view } = await house.say('ana', spoken('seat @bob'));
    const fields = view.kind === 'form' ? view.fields : [];
    const filled = Object.fromEntries(
      fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    );
    expect(filled).toMatchObject({ role: 'member', opposite: 'nobody' });
    const opposite = fields.find((field) => field.name === 'opposite');
    const options = opposite?.kind === 'choice' ? opposite.options : [];
    expect(options.map((option) => option.label)).toEqual(['Nobody', 'Ben Ito', 'Jun Mori', 'Mei Sato']);
    const jun = options.find((option) => option.label === 'Jun Mori')?.value ?? '';
    await house.press('ana', { interaction: 'seats.seat', values: { ...filled, opposite: jun } });
    expect(await say(house, 'jun', 'roster')).toContain('Jun Mori, member, opposite Bob Brown');
    await house.press('ana', { interaction: 'seats.seat', values: filled });
    expect(await say(house, 'jun', 'roster')).not.toContain('opposite Bob Brown');
  });

  it('are for alliance professionals to give, and to their own people', async () => {
    const house = await openRooms();
    house.slack.profiles.set('U-GUEST', { name: 'Gus Guest', guest: true });
    const guest = { user: 'U-GUEST', workspace: people.ana.workspace, name: 'Gus Guest' };
    const gus = await house.say('ana', ['seat ', guest, ' member JSC']);
    expect(wordsOf(gus.view)).toContain('Gus Guest takes no part in this alliance');
    // Whoever is only named reads nothing: the channel is as much the company's own as before.
    const { channels } = directoryTables(house.store.read);
    expect((await house.store.read.select().from(channels)).map(({ shared }) => shared)).toEqual([false, false]);
    const { id: committee, now } = await jsc(house);
    const jun = now.find((seat) => seat.personName === 'Jun Mori')?.person ?? '';
    const values = { person: jun, committee, role: 'member' };
    const given = await house.press('ana', { interaction: 'seats.seat', values });
    expect(wordsOf(given.view)).toContain('Jun Mori belongs to another company.');
    const ended = await house.press('ana', { interaction: 'seats.unseat', values });
    expect(wordsOf(ended.view)).toContain('Jun Mori sits for the other company.');
    expect(await say(house, 'bob', 'seat @bob co-chair')).toBe(
      'Only the alliance professional of Acme Bio does this. Ask them.',
    );
  });

  const refused = [
    ['seat @bob member XYZ', "There is no committee 'XYZ'"],
    ['seat @bob captain of the ship JSC', "Entente does not understand 'captain ship JSC'."],
    ['seat Bob member JSC', "Entente does not understand 'Bob JSC'. Mention people with @."],
    ['seat @bob @ana member', 'Name one person at a time.'],
    ['seat @bob member from sometime', "Entente cannot read the day after 'from'."],
    ['seat @bob observer until 1 Jan 2026', 'That day is over.'],
    ['seat @bob observer from 1 March until 1 Feb 2027', 'The seat would end before it begins.'],
    ['seat @bob member', 'Bob Brown sits on the JSC as member already.'],
    ['seat @bob member from 1 Jan', 'would have no seat until that day'],
    ['seat @bob alternate for @bob', 'stands in for another co-chair or member of Acme Bio'],
    ['seat @bob alternate for @zoe', 'stands in for another co-chair or member of Acme Bio'],
    ['seat @bob member opposite Mei', 'cannot be mentioned here'],
    ['seat @bob observer for @ana', 'Only an alternate stands in for somebody.'],
    ['seat @bob member opposite @ana', 'A counterpart sits on the JSC for another company.'],
    ['seat @bob professional from 1 Jan', 'Leave the day out.'],
    ['seat @ana member', 'Acme Bio would be without a co-chair on the JSC. Name another co-chair first'],
    ['unseat @ana', 'Acme Bio would be without a co-chair'],
    ['unseat @ana until 31 Dec', 'Acme Bio would be without a co-chair'],
    ['unseat @bob until yesterday', 'That day is over.'],
    ['unseat @zoe', 'has no seat on a committee.'],
    ['unseat @zoe JSC', 'has no seat on the JSC.'],
    ['unseat', 'Say who leaves'],
    ['unseat @ana professional', 'Acme Bio would be without an alliance professional. Name another one first'],
    ['unseat @bob professional', 'Bob Brown is no alliance professional of Acme Bio now.'],
    ['seat @ana professional', 'Ana Ruiz is an alliance professional of Acme Bio already.'],
  ] as const;

  it('are refused where they cannot be, each time with what to do', async () => {
    const house = await openRooms();
    for (const [text, sentence] of refused) {
      const answer = await house.say('ana', spoken(text));
      expect(wordsOf(answer.view), text).toContain(sentence);
      expect(answer.outcome, text).toBe('refused');
    }
    expect(await roleOf(house, 'Ana')).toBe('co-chair');
  });

  it('end at once or on a day, with what is left open to hand over', async () => {
    const leaves = async () => [{ title: 'A-27 Send the protocol' }];
    const house = await openRooms([{ name: 'actions', leaves }]);
    const text = await say(house, 'ben', 'unseat @jun JSC until 31 March');
    expect(text).toContain('Jun Mori (Nova Pharma) sits on the JSC until 2027-03-31.');
    expect(text).toContain('Hand over what Jun Mori leaves open on the JSC:');
    expect(text).toContain('A-27 Send the protocol');
    expect(await roleOf(house, 'Jun')).toBe('member');
    expect(await say(house, 'ben', 'unseat @jun')).toContain('no longer sits on the JSC');
    expect(await roleOf(house, 'Jun', 'all')).toBeUndefined();
  });

  it('ask which committee somebody leaves where they sit on several', async () => {
    const house = await openRooms();
    await say(house, 'ana', 'committee add JDC Joint Development Committee');
    await say(house, 'ana', 'seat @bob member JDC');
    const direct = { direct: true, conversation: 'DANA' };
    const { view } = await house.say('ana', spoken('unseat @bob until 31 March'), direct);
    const [button] = view.kind === 'notice' ? (view.buttons ?? []) : [];
    expect(button?.label).toBe('JDC');
    const done = await house.press('ana', { interaction: 'seats.unseat', values: { ...button?.carry } });
    expect(wordsOf(done.view)).toContain('Bob Brown (Acme Bio) sits on the JDC until 2027-03-31.');
  });

  it('come back with Undo within five minutes, unless changed since', async () => {
    const house = await openRooms();
    await say(house, 'ben', 'seat @mei alternate for @jun');
    const gone = await house.say('ben', spoken('unseat @jun'));
    expect((await jsc(house)).now.find((seat) => seat.personName === 'Mei Sato')?.standsFor).toBeUndefined();
    expect(wordsOf((await undo(house, 'ana', gone)).view)).toContain('other company');
    expect(wordsOf((await undo(house, 'ben', gone)).view)).toBe("Undone. Say 'roster JSC' to see who sits.");
    expect(await roleOf(house, 'Jun')).toBe('member');
    expect((await jsc(house)).now.find((seat) => seat.personName === 'Mei Sato')?.standsFor).toBeDefined();
    expect(wordsOf((await undo(house, 'ben', gone)).view)).toContain('undone already');
    await house.settle();
    expect([...house.slack.standing().values()].map(wordsOf)).toContain(
      'Jun Mori (Nova Pharma): a change of their seat on the JSC was undone. Changed by Ben Ito.',
    );
    const first = await house.say('ben', spoken('seat @jun observer'));
    await say(house, 'ben', 'seat @jun guest');
    expect(wordsOf((await undo(house, 'ben', first)).view)).toContain('was changed again since');
    const late = await house.say('ben', spoken('seat @jun member'));
    house.clock.at += 6 * 60_000;
    expect(wordsOf((await undo(house, 'ben', late)).view)).toContain('Undo works for five minutes.');
  });

  it('leave no company without a co-chair by an Undo either', async () => {
    const house = await openRooms();
    const named = await house.say('ana', spoken('seat @bob co-chair'));
    await say(house, 'ana', 'seat @ana member');
    expect(wordsOf((await undo(house, 'ana', named)).view)).toContain('without a co-chair');
  });

  it('change their role on a day to come, and a co-chair may leave for it', async () => {
    const house = await openRooms();
    expect(await say(house, 'ana', 'seat @bob co-chair from 1 Jan')).toContain(
      'Bob Brown (Acme Bio) is a co-chair of the JSC, from 2027-01-01.',
    );
    expect(await say(house, 'bob', 'roster')).toContain('Bob Brown, member; co-chair from 2027-01-01');
    expect(await say(house, 'ana', 'unseat @ana until 30 Dec')).toContain('without a co-chair');
    expect(await say(house, 'ana', 'unseat @ana until 31 Dec')).toContain('sits on the JSC until 2026-12-31');
    expect(await say(house, 'ana', 'seat @bob observer')).toContain('without a co-chair');
    house.clock.at = Date.UTC(2026, 11, 31, 22, 59);
    expect(await runDueWakes({ ...house.parts, nudge: () => {}, derive: () => new Uint8Array() })).toBe(0);
    expect(await roleOf(house, 'Bob')).toBe('member');
    house.clock.at += 2 * 60_000;
    expect(await runDueWakes({ ...house.parts, nudge: () => {}, derive: () => new Uint8Array() })).toBe(1);
    expect(await roleOf(house, 'Bob')).toBe('co-chair');
    expect(await roleOf(house, 'Ana')).toBeUndefined();
  });

  it('that were planned are taken back with Undo, or dropped by the next change', async () => {
    const house = await openRooms();
    const planned = await house.say('ana', spoken('seat @bob co-chair from 1 Jan'));
    expect(wordsOf((await undo(house, 'ana', planned)).view)).toContain('Undone.');
    await say(house, 'ana', 'seat @bob co-chair from 1 Jan');
    expect(await say(house, 'ana', 'seat @bob observer')).toContain('What was planned for later is dropped.');
    house.clock.at += 60 * DAY;
    expect(await runDueWakes({ ...house.parts, nudge: () => {}, derive: () => new Uint8Array() })).toBe(0);
    expect(await roleOf(house, 'Bob')).toBe('observer');
  });

  it('begin today where the alliance is, wherever it is said', async () => {
    const house = await openRooms();
    await say(house, 'ben', 'seat @mei professional');
    // Tokyo is a day ahead of Zurich.
    house.clock.at = Date.UTC(2026, 10, 23, 22);
    expect(await say(house, 'mei', 'seat @jun observer from today')).toContain('is now an observer on the JSC.');
    expect(await roleOf(house, 'Jun')).toBe('observer');
  });

  it('do not make an alliance professional; naming one does, and one remains', async () => {
    const house = await openRooms();
    expect(await say(house, 'ana', 'seat @bob professional')).toBe(
      'Bob Brown (Acme Bio) is now an alliance professional of Acme Bio. Acme Bio and Nova Pharma see this.',
    );
    expect(await say(house, 'bob', 'unseat @ana professional')).toContain('no longer an alliance professional');
    expect(await say(house, 'bob', 'unseat @bob professional')).toContain('without an alliance professional');
    expect(await say(house, 'bob', 'seat @ana alliance professional JSC')).toContain('without a co-chair');
    expect(await say(house, 'ben', 'seat @mei alliance professional JSC')).toContain(
      'an alliance professional on the JSC',
    );
  });

  it('leave a company a co-chair when both are unseated at once, by two replicas too', async () => {
    const url = await engine.freshUrl();
    const options = { features: [seats], permissions };
    const house = closing(await openHouse(await open(url), options));
    // One process at a time has a SQLite file.
    const replica =
      engine.dialect === 'sqlite' ? house : await openHouse(await open(url), { ...options, beside: house });
    if (replica !== house) closing(replica);
    await say(house, 'ana', 'seat @bob professional');
    await say(house, 'ana', 'seat @bob co-chair');
    const answers = await Promise.all([
      house.say('ana', spoken('unseat @bob')),
      replica.say('bob', spoken('unseat @ana')),
      replica.say('ana', spoken('seat @ana member')),
      house.say('bob', spoken('seat @bob observer')),
      house.say('ana', spoken('unseat @ana until today')),
    ]);
    expect(answers.filter((answer) => answer.outcome === 'failed')).toEqual([]);
    const chairs = (await jsc(house)).now.filter((seat) => seat.role === 'co-chair');
    expect(chairs.map((seat) => seat.partner)).toHaveLength(2);
  });
});
