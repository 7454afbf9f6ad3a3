import { expect, it } from 'vitest';
import { allianceWithLanes, closing, type House, lanes, openHouse, type Who } from '../../../test/house/house.js';
import { idOf, jscOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { eachEngine } from '../../../test/stores.js';
import { sharedAudience } from '../../core/directory/audience.js';
import { directoryOf } from '../../core/directory/reads.js';
import type { Feature } from '../../core/feature.js';
import type { Answer } from '../../core/platform.js';
import type { Button, FormView, ListView, Text, View } from '../../core/view.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { listItems, listPapers } from './agenda-store.js';

const PAPER = 'https://docs.example.com/protocol';

const plain = (text: Text | undefined): string =>
  text === undefined || typeof text === 'string'
    ? (text ?? '')
    : text.map((span) => (typeof span === 'string' ? span : 'day' in span ? span.day : '*')).join('');

const said = ({ view }: Answer): string => {
  if (view.kind === 'notice') return plain(view.text);
  if (view.kind !== 'list') return view.kind;
  return [view.title, plain(view.intro), ...view.items.map(({ title, text }) => `${title} | ${plain(text)}`)].join(
    '\n',
  );
};

const form = ({ view }: Answer): FormView => {
  if (view.kind !== 'form') throw new Error(`no form but ${JSON.stringify(view)}`);
  return view;
};

const valuesOf = (view: FormView): Record<string, string> =>
  Object.fromEntries(view.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));

const buttonsIn = (view: View): readonly Button[] => {
  if (view.kind === 'list') return [...view.items.flatMap(({ buttons = [] }) => buttons), ...(view.buttons ?? [])];
  return 'buttons' in view ? (view.buttons ?? []) : [];
};

/** Presses the first button of that label. */
const press = (house: House, who: Who, { view }: Answer, label: string): Promise<Answer> => {
  const button = buttonsIn(view).find((one) => one.label === label);
  if (!button) throw new Error(`no button ${label} on ${JSON.stringify(view)}`);
  return house.press(who, { interaction: button.id, subject: button.subject, values: { ...button.carry } });
};

const submit = (house: House, who: Who, answer: Answer, values: Record<string, string>): Promise<Answer> => {
  const view = form(answer);
  const filled = { ...valuesOf(view), ...view.carry, ...values };
  return house.press(who, { interaction: view.id, subject: view.subject, values: filled });
};

const itemsOf = async (house: House, meeting: { readonly id: string }) =>
  listItems(house.store.read, meeting.id, await sharedAudience(house.store.read, house.alliance));

const labelsOf = ({ view }: Answer, at: number): string[] =>
  ((view as ListView).items[at]?.buttons ?? []).map(({ label }) => label);

eachEngine('an agenda', (open) => {
  const opened = async (more: readonly Feature[] = [], alliance?: string) =>
    closing(
      await openHouse(await open(), { features: [...features, ...more], permissions, ...(alliance && { alliance }) }),
    );

  it('takes an item of those who run the committee at once, with its paper', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const words = `meeting agenda add for decision: Approve the protocol? @Ben Ito 20 min ${PAPER} 12 pages`;
    const answer = await house.say('ana', words);
    expect(said(answer)).toBe(
      "'Approve the protocol?' stands on the agenda of M-1: for decision, Ben Ito, 20 min. Acme Bio and Nova Pharma will see this.",
    );
    const [item] = await itemsOf(house, meeting);
    expect(item).toMatchObject({ status: 'accepted', minutes: 20, owner: await idOf(house, 'Ben Ito') });
    expect(item?.paper).toMatchObject({ version: 1, link: PAPER, pages: 12 });
    expect(said(await press(house, 'ana', answer, 'Undo'))).toMatch(/^'Approve the protocol' is removed/);
    expect((await itemsOf(house, meeting))[0]?.status).toBe('removed');
  });

  it('keeps what anybody else proposes until one of those accepts it, observers’ too', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    expect(said(await house.say('mei', 'meeting agenda add M-1 for discussion: Supply in Japan'))).toMatch(
      /^'Supply in Japan' is proposed for M-1, until a co-chair or an alliance professional accepts it: for discussion, Mei Sato, 15 min/,
    );
    const list = await house.say('ana', 'meeting agenda');
    expect(said(list)).toContain(
      'Proposed, for discussion: Supply in Japan | Mei Sato · 15 min · no paper yet · proposed by Mei Sato, Nova Pharma',
    );
    expect(labelsOf(list, 1)).toEqual(['Accept', 'Decline', 'Edit', 'Paper']);
    expect(labelsOf(await house.say('mei', 'meeting agenda'), 1)).toEqual([
      'Edit',
      'Paper',
      'Invite a guest',
      'Remove',
    ]);
    expect(labelsOf(await house.say('jun', 'meeting agenda'), 1)).toEqual([]);
    const accepted = await press(house, 'ana', list, 'Accept');
    expect(accepted.view).toMatchObject({ kind: 'list', instead: true });
    expect(said(accepted)).toContain('1. For discussion: Supply in Japan');
    expect((await itemsOf(house, meeting))[0]?.status).toBe('accepted');
    expect(await press(house, 'ana', list, 'Accept')).toMatchObject({ outcome: 'refused' });
  });

  it('opens the form where something essential is missing, and keeps nothing before it is whole', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const answer = await house.say('bob', 'meeting agenda add The budget of 2027 25 min');
    expect(form(answer)).toMatchObject({
      title: 'Add to the agenda',
      audience: 'M-1. Acme Bio and Nova Pharma will see this',
    });
    expect(valuesOf(form(answer))).toMatchObject({
      title: 'The budget of 2027',
      minutes: '25',
      owner: await idOf(house, 'Bob Brown'),
    });
    const whole = { kind: 'decision', question: 'Do we agree the budget?' };
    const refused = async (values: Record<string, string>) => {
      const { outcome, field, view } = await submit(house, 'bob', answer, { ...whole, ...values });
      return [outcome, field, view.kind];
    };
    expect(await refused({ question: '' })).toEqual(['refused', 'question', 'notice']);
    expect(await refused({ minutes: '0' })).toEqual(['refused', 'minutes', 'notice']);
    expect(await refused({ minutes: '91' })).toEqual(['refused', 'minutes', 'notice']);
    expect(await refused({ minutes: 'soon' })).toEqual(['refused', 'minutes', 'notice']);
    expect(await refused({ link: 'http://docs.example.com' })).toEqual(['refused', 'link', 'notice']);
    expect(await refused({ link: PAPER, pages: '0' })).toEqual(['refused', 'pages', 'notice']);
    expect(await refused({ owner: 'nobody' })).toEqual(['refused', 'owner', 'notice']);
    expect(await refused({ kind: 'party' })).toEqual(['refused', 'kind', 'notice']);
    expect(await itemsOf(house, meeting)).toEqual([]);
    expect(said(await submit(house, 'bob', answer, whole))).toMatch(/^'Do we agree the budget\?' is proposed for M-1/);
    expect((await itemsOf(house, meeting))[0]).toMatchObject({ title: 'The budget of 2027', minutes: 25 });
  });

  it('takes a message from its menu, whose link only its own company reads', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const link = 'https://acme.slack.com/archives/C01JSC/p1700000000000100';
    const answer = await house.say('bob', 'meeting', { quote: { text: 'Should we start the trial in April?', link } });
    expect(valuesOf(form(answer))).toMatchObject({
      title: 'Should we start the trial in April?',
      question: 'Should we start the trial in April?',
    });
    await submit(house, 'bob', answer, { kind: 'decision' });
    expect(await itemsOf(house, meeting)).toMatchObject([{ question: 'Should we start the trial in April?' }]);
    expect(said(await house.say('bob', 'meeting agenda', { direct: true }))).toContain(`from ${link}`);
    expect(said(await house.say('jun', 'meeting agenda', { direct: true }))).not.toContain(link);
  });

  it('takes a message from a direct one and from any channel, and says when it was taken before', async () => {
    const house = await opened();
    await planMeeting(house);
    const link = 'https://acme.slack.com/archives/C09ANY/p1700000000000100';
    const quote = { text: 'The sites in Japan are late', link };
    const places = [{ conversation: 'D02BOB', direct: true }, { conversation: 'C09ANY' }, {}];
    const ask = (who: Who, where = {}) => house.say(who, 'meeting', { quote, ...where });
    for (const where of places) expect(form(await ask('bob', where)).audience).toMatch(/^M-1\. Acme Bio and /);
    await submit(house, 'bob', await ask('bob'), { kind: 'discussion' });
    for (const where of places)
      expect(form(await ask('ana', where)).audience).toBe(
        "This message is on the agenda of M-1 already: 'The sites in Japan are late'. Acme Bio and Nova Pharma will see this",
      );
    expect(form(await ask('ben')).audience).not.toContain('already');
  });

  it('asks for which meeting, where several may be meant', async () => {
    const house = await opened();
    const jsc = await planMeeting(house);
    await house.say('ana', 'committee add SUP Joint Supply Team under JSC');
    const { committee } = await jscOf(house);
    const committees = await directoryOf(house.store.read, house.clock.at).committees(house.alliance);
    const other = committees.find(({ id }) => id !== committee.id);
    if (!other) throw new Error('no second committee');
    const sup = await planMeeting(house, { at: '2026-12-18T14:00', committee: other.id });
    const answer = await house.say('ana', 'meeting agenda add for discussion: Supply in Japan', {
      conversation: 'D01ANA',
      direct: true,
    });
    const [first] = form(answer).fields;
    expect(first).toMatchObject({ name: 'meeting', options: [{ value: jsc.id }, { value: sup.id }] });
    const values = { owner: await idOf(house, 'Ana Ruiz') };
    expect(await submit(house, 'ana', answer, values)).toMatchObject({ outcome: 'refused', field: 'meeting' });
    expect(await submit(house, 'ana', answer, { ...values, meeting: sup.id })).toMatchObject({ field: 'owner' });
    expect(said(await submit(house, 'ana', answer, { ...values, meeting: jsc.id }))).toMatch(/the agenda of M-1/);
    const named = await house.say('ana', 'meeting agenda add JSC for discussion: The sites', {
      conversation: 'D01ANA',
      direct: true,
    });
    expect(said(named)).toMatch(/the agenda of M-1/);
  });

  it('refuses a company’s own lane, an agenda of 80 items, and a meeting that is over', async () => {
    const house = await opened([], allianceWithLanes);
    const meeting = await planMeeting(house);
    const say = (text: string, more = {}) => house.say('ana', text, more);
    expect(said(await say('meeting agenda add for discussion: The budget', { conversation: lanes.slack }))).toMatch(
      /^This is Acme Bio’s own lane/,
    );
    const quote = { text: 'Our fallback is Lyon', link: 'https://acme.slack.com/archives/C03OWN/p1' };
    expect(await say('meeting', { conversation: lanes.slack, quote })).toMatchObject({ outcome: 'refused' });
    for (let at = 0; at < 30; at += 1) await planItem(house, meeting, { title: `Item ${at}` });
    expect(said(await say('meeting agenda add for discussion: The 31st'))).toMatch(/^M-1 has 30 items/);
    const over = await planMeeting(house, { at: '2026-11-20T14:00', status: 'held' });
    expect(said(await say(`meeting agenda add M-${over.number} for discussion: Too late`))).toMatch(/^M-2 is held/);
    expect((await itemsOf(house, over)).length).toBe(0);
  });

  it('is put in order with buttons and with words by those who run it, and by nobody else', async () => {
    const house = await opened();
    const meeting = await planMeeting(house, { minutes: 60 });
    for (const title of ['Alpha', 'Beta', 'Gamma', 'Delta'])
      await planItem(house, meeting, { title, kind: 'discussion' });
    const order = async () => (await itemsOf(house, meeting)).map(({ title }) => title).join(' ');
    const list = await house.say('ana', 'meeting agenda');
    expect(said(list)).toContain('80 of 60 minutes: 20 too many');
    expect(labelsOf(list, 1)[0]).toBe('Down');
    expect(labelsOf(list, 4)[0]).toBe('Up');
    await press(house, 'ana', list, 'Down');
    expect(await order()).toBe('Beta Alpha Gamma Delta');
    expect(said(await house.say('ben', 'meeting agenda move 4 to 1'))).toMatch(/1\. For discussion: Delta/);
    expect(await order()).toBe('Delta Beta Alpha Gamma');
    expect(said(await house.say('ben', 'meeting agenda move 5 to 1'))).toMatch(/has no item 5/);
    expect(await house.say('ben', 'meeting agenda move on')).toMatchObject({ outcome: 'refused' });
    expect(await house.say('jun', 'meeting agenda move 4 to 1')).toMatchObject({ outcome: 'refused' });
    expect(await press(house, 'jun', list, 'Down')).toMatchObject({ outcome: 'refused' });
    expect(await order()).toBe('Delta Beta Alpha Gamma');
  });

  it('keeps every version of a paper, and undoes a removal for five minutes', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting, { owner: await idOf(house, 'Jun Mori') });
    const list = await house.say('jun', 'meeting agenda');
    for (const pages of ['12', '14'])
      await submit(house, 'jun', await press(house, 'jun', list, 'Paper'), { link: PAPER, pages });
    expect((await listPapers(house.store.read, item.id)).map(({ version, pages }) => [version, pages])).toEqual([
      [1, 12],
      [2, 14],
    ]);
    expect(said(await house.say('ana', 'meeting agenda'))).toContain(`paper version 2, 14 pages: ${PAPER}`);
    const removed = await press(house, 'jun', list, 'Remove');
    expect(said(await house.say('ana', 'meeting agenda'))).not.toContain('protocol');
    expect(said(await press(house, 'jun', removed, 'Undo'))).toMatch(/is where it was/);
    expect((await itemsOf(house, meeting))[0]).toMatchObject({ status: 'accepted' });
    const again = await press(house, 'jun', list, 'Remove');
    house.clock.at += 5 * 60_000 + 1;
    expect(said(await press(house, 'jun', again, 'Undo'))).toMatch(/^Undo works for five minutes/);
  });

  it('is edited as a whole, and tells the proposer why it was declined', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await house.say('mei', 'meeting agenda add for information: The audit of the plant');
    const mine = await house.say('mei', 'meeting agenda');
    expect(said(mine)).toContain('Proposed, for information: The audit of the plant | Mei Sato · read beforehand');
    await submit(house, 'mei', await press(house, 'mei', mine, 'Edit'), { room: 'room', minutes: '5' });
    expect((await itemsOf(house, meeting))[0]).toMatchObject({ kind: 'information', minutes: 5, status: 'proposed' });
    const list = await house.say('ben', 'meeting agenda');
    await submit(house, 'ben', await press(house, 'ben', list, 'Decline'), { reason: 'The plant is shut' });
    expect(said(await house.say('mei', '', { direct: true }))).toContain(
      'Declined for M-1: The audit of the plant | Because: The plant is shut',
    );
    expect(said(await house.say('ben', 'meeting agenda'))).not.toContain('audit');
  });

  it('invites guests to an item: people, and names with a company', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await planItem(house, meeting);
    const invited = await house.say('ana', 'meeting agenda invite Dr Kim (Kim Consulting) to 1');
    expect(said(invited)).toMatch(/^Dr Kim, Kim Consulting is invited to 'The revised protocol' of M-1/);
    expect(said(await house.say('ben', 'meeting agenda'))).toContain('Guest: Dr Kim, Kim Consulting');
    expect(await house.say('ana', 'meeting agenda invite Dr Kim (Kim Consulting) to 1')).toMatchObject({
      outcome: 'refused',
    });
    expect(await house.say('jun', 'meeting agenda invite Lee Park to 1')).toMatchObject({ outcome: 'refused' });
    const list = await house.say('ana', 'meeting agenda');
    const asked = await press(house, 'ana', list, 'Invite a guest');
    expect(await submit(house, 'ana', asked, {})).toMatchObject({ outcome: 'refused', field: 'name' });
    expect(await submit(house, 'ana', asked, { person: await idOf(house, 'Jun Mori') })).toMatchObject({
      field: 'person',
    });
    await submit(house, 'ana', asked, { name: 'Lee Park' });
    await submit(house, 'ana', asked, { name: 'Ida Berg', company: 'Berg Law' });
    expect(said(await submit(house, 'ana', asked, { name: 'One More' }))).toMatch(/^An item has 3 guests at most/);
    await press(house, 'ana', await house.say('ana', 'meeting agenda'), 'Uninvite Lee Park');
    const left = said(await house.say('ben', 'meeting agenda'));
    expect(left).toMatch(/Guests: (?:Dr Kim, Kim Consulting and Ida Berg, Berg Law|Ida Berg, .* and Dr Kim, .*)/);
    expect(left).not.toContain('Lee Park');
  });

  it('begins with what people owe, and ends with what every meeting ends with', async () => {
    const behaviour: Feature = {
      name: 'behaviour',
      agenda: async () => [
        {
          ...{ subject: { feature: 'behaviour', id: '1' }, kind: 'discussion', title: 'Bring solutions' },
          ...{ why: 'The behaviour of this month', standing: 'last' },
        },
      ],
    };
    const house = await opened([behaviour]);
    const meeting = await planMeeting(house);
    await house.say('ana', 'action @Ana Ruiz Send the revised protocol to Nova by 27 Nov');
    await house.say('ana', 'action @Bob Brown Write the budget of 2027 by 4 Dec');
    house.clock.at = Date.UTC(2026, 10, 30, 9);
    await planItem(house, meeting);
    await house.say('jun', 'meeting agenda add for information: The audit @Jun Mori');
    const { items } = (await house.say('jun', 'meeting agenda')).view as ListView;
    expect(items.map(({ title }) => title)).toEqual([
      'Open actions from last time: 2 open, 1 overdue',
      '1. For decision: The revised protocol',
      'Bring solutions',
      'Proposed, for information: The audit',
    ]);
    expect(plain(items[0]?.text)).toBe(
      'A-1 Send the revised protocol to Nova · Ana Ruiz, due 2026-11-27, overdue\nA-2 Write the budget of 2027 · Bob Brown, due 2026-12-04',
    );
  });

  it('offers those who run it what is open elsewhere, once, and says when that is settled', async () => {
    const house = await opened();
    const meeting = await planMeeting(house);
    await house.say('ana', 'decision We meet monthly');
    const list = await house.say('ana', 'meeting agenda');
    expect(said(list)).toContain(
      'Could be taken up: D-1 We meet monthly | For decision. Recorded on Mon 23 Nov 2026 and not confirmed by Nova Pharma yet.',
    );
    expect(said(await house.say('bob', 'meeting agenda'))).not.toContain('Could be taken up');
    const taken = await press(house, 'ana', list, 'Take up');
    expect(said(taken)).toContain(
      '1. For decision: D-1 We meet monthly | Do we confirm D-1 as it is worded? · Ana Ruiz',
    );
    expect(said(taken)).not.toContain('Could be taken up');
    expect(await press(house, 'ana', list, 'Take up')).toMatchObject({ outcome: 'refused' });
    const [item] = await itemsOf(house, meeting);
    const about = item?.about;
    if (!about) throw new Error('the item is about nothing');
    await house.press('ben', { interaction: 'decisions.confirm', subject: about, values: { revision: '1' } });
    expect(said(await house.say('ana', 'meeting agenda'))).toContain('D-1 is settled meanwhile: agreed');
  });
});
