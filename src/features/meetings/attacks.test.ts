/* What people try who want to run, read or break more of a meeting than is theirs: most of this once worked. */
import { expect, it } from 'vitest';
import {
  allianceWithLanes,
  closing,
  type House,
  lanes,
  openHouse,
  people,
  type Who,
} from '../../../test/house/house.js';
import { idOf, jscOf, planItem, planMeeting } from '../../../test/house/meetings.js';
import { holdMeeting } from '../../../test/house/minutes.js';
import { pressOn, submit, textOf } from '../../../test/house/room.js';
import { eachEngine, type Open } from '../../../test/stores.js';
import { listHistory } from '../../core/history.js';
import { historyTables } from '../../core/tables.js';
import { features } from '../index.js';
import { permissions } from '../permissions.js';
import { listReadings } from './minutes-store.js';
import type { Meeting } from './rules.js';
import { findMeeting, saveMeeting } from './store.js';
import { unclosedView } from './unclosed-views.js';
import { subjectOf } from './views.js';

const direct = { direct: true, conversation: 'D1' } as const;

const open = async (openStore: Open): Promise<House> =>
  closing(await openHouse(await openStore(), { features, permissions, alliance: allianceWithLanes }));

/** How much has happened so far, in any chain. */
const happened = async ({ store }: House): Promise<number> =>
  (await store.read.select().from(historyTables(store.read).history)).length;

const unclosed = (meeting: Meeting, { committee }: Awaited<ReturnType<typeof jscOf>>) => ({
  view: unclosedView({ meeting, committee, startsAt: meeting.startsAt }),
});

const press = (house: House, who: Who, verb: string, id: string, values: Record<string, string> = {}) =>
  house.press(who, { interaction: `meetings.${verb}`, subject: subjectOf(id), values }, direct);

/** Bob Brown and Jun Mori, who are members of the JSC, chair another committee. */
const withAnother = async (house: House): Promise<void> => {
  await house.say('ana', 'committee add ZDC Development', direct);
  await house.say('ana', ['seat ', { ...people.bob, name: 'Bob Brown' }, ' co-chair ZDC'], direct);
  await house.say('ben', ['seat ', { ...people.jun, name: 'Jun Mori' }, ' co-chair ZDC'], direct);
};

eachEngine('whoever forges what a button of a meeting is about', (openStore) => {
  it('runs no meeting of another committee by a subject of a kind that there is not', async () => {
    const house = await open(openStore);
    await withAnother(house);
    const meeting = await planMeeting(house);
    house.clock.at = meeting.startsAt + 3 * 60 * 60_000;
    for (const verb of ['took-place', 'still-going'])
      for (const kind of ['x', 'item', ''])
        expect(await press(house, 'bob', verb, `${kind}:${meeting.id}:${meeting.startsAt}`)).toMatchObject({
          outcome: 'refused',
        });
    expect((await findMeeting(house.store.read, meeting.id))?.status).toBe('planned');
  });

  it('says nothing of minutes of a committee on which they do not sit', async () => {
    const house = await open(openStore);
    await withAnother(house);
    const { meeting } = await holdMeeting(house);
    await house.say('ben', ['seat ', { ...people.jun, name: 'Jun Mori' }, ' guest JSC'], direct);
    await house.say('jun', 'meeting', direct);
    const before = await happened(house);
    const values = { item: 'meeting', text: 'Jun was there' };
    for (const kind of ['x', '', 'proposal'])
      expect(await press(house, 'jun', 'propose-change', `${kind}:${meeting.id}`, values)).toMatchObject({
        outcome: 'refused',
      });
    await house.store.write((tx) => saveMeeting(tx, { ...meeting, status: 'agreed', lockedAt: house.clock.at }));
    expect(await press(house, 'jun', 'correct', `x:${meeting.id}`, values)).toMatchObject({ outcome: 'refused' });
    expect(await happened(house)).toBe(before);
  });

  it('is told that the button is none where its subject cannot be stored', async () => {
    const house = await open(openStore);
    for (const id of ['\0', 'item:\0', `minutes:\uD800`]) {
      const answer = await press(house, 'ana', 'agenda', id);
      expect(answer.outcome).toBe('refused');
      expect(textOf(answer)).toContain('Use a newer card');
    }
  });
});

eachEngine('whoever says or presses what they did not mean', (openStore) => {
  it('cancels and opens no other meeting than the one they named', async () => {
    const house = await open(openStore);
    const meeting = await planMeeting(house);
    const before = await happened(house);
    for (const said of [
      ...[
        'cancel M-1234567890',
        'cancel M-1x',
        'cancel D-14',
        'cancel XYZ',
        'cancel JSC XYZ',
        'skip tomorrow',
        'end XYZ',
      ],
      ...['open M-1234567890', 'open M-1x', 'move M-1x to 12 Dec', 'show M-1234567890', 'snooze M-1x until Thursday'],
    ])
      expect(await house.say('ana', `meeting ${said}`, direct), said).toMatchObject({ outcome: 'refused' });
    expect(await happened(house)).toBe(before);
    for (const said of ['cancel because nobody can come', 'skip JSC']) {
      expect(await house.say('ana', `meeting ${said}`, direct), said).toMatchObject({ outcome: 'done' });
      await house.store.write((tx) => saveMeeting(tx, meeting));
    }
  });

  it('is asked why before a meeting is cancelled by a button', async () => {
    const house = await open(openStore);
    const meeting = await planMeeting(house);
    const { view } = unclosed(meeting, await jscOf(house));
    const button = (view.buttons ?? []).find(({ label }) => label === 'Cancel the meeting');
    expect(button?.opensWindow).toBe(true);
    const answer = await house.press(
      'ana',
      { interaction: button?.id ?? 'x.y', subject: subjectOf(meeting.id) },
      direct,
    );
    expect(answer.view).toMatchObject({ kind: 'form', submit: 'Cancel the meeting' });
    expect((await findMeeting(house.store.read, meeting.id))?.status).toBe('planned');
  });
});

eachEngine('whoever takes no part in deciding an item', (openStore) => {
  const atItem = async (house: House): Promise<void> => {
    const meeting = await planMeeting(house);
    await planItem(house, meeting);
    house.clock.at = meeting.startsAt;
    for (const said of ['meeting recuse 1', 'open meeting', 'meeting next']) await house.say('ana', said);
  };

  it('confirms for their company neither what they record while the room is at it, nor a new wording', async () => {
    const house = await open(openStore);
    await atItem(house);
    const said = textOf(await house.say('ana', 'decision The revised protocol is approved'));
    expect(said).toContain('You are recused from M-1 item 1, so somebody else of Acme Bio confirms it');
    const card = (await house.say('ben', 'D-1')).view;
    expect(textOf(await pressOn(house, 'ben', card, 'Confirm wording'))).toContain('What is missing is Acme Bio');
    const form = await pressOn(house, 'ana', card, 'Suggest a change');
    const words = { text: 'The revised protocol is approved for Japan', reason: 'As was said' };
    expect(await submit(house, 'ana', form, words)).toMatchObject({ outcome: 'done' });
    const next = (await house.say('ben', 'D-1')).view;
    expect(textOf(await pressOn(house, 'ben', next, 'Confirm wording'))).toContain('What is missing is Acme Bio');
    const last = (await house.say('bob', 'D-1')).view;
    expect(textOf(await pressOn(house, 'bob', last, 'Confirm wording'))).toContain('D-1 is agreed');
  });

  it('confirms as ever what the room decides at another item, and what their company decides for itself', async () => {
    const house = await open(openStore);
    await atItem(house);
    const own = await house.say('ana', 'decision We pay up to a tenth more', { conversation: lanes.slack });
    expect(textOf(own)).not.toContain('recused');
    expect(textOf(own)).toContain('It is agreed.');
    await house.say('ana', 'meeting next');
    const said = textOf(await house.say('ana', 'decision The office moves to Basel'));
    expect(said).toContain('It is agreed when Nova Pharma has confirmed');
  });
});

eachEngine('whoever writes nonsense about a meeting', (openStore) => {
  it('is told so in one sentence at its place, and nothing is kept', async () => {
    const house = await open(openStore);
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting);
    const before = await happened(house);
    const at = 'meeting schedule JSC 18 Dec 14:00';
    const refused: readonly (readonly [string, string | undefined, string])[] = [
      [`${at} -5 min`, 'length', 'A meeting takes 5 minutes to 10 hours.'],
      ['meeting schedule JSC 31 Feb 14:00', 'day', "cannot read '31 Feb' as a day"],
      [`${at} every week 100000 times`, undefined, "cannot read '100000 times'"],
      [`${at} at "Room \u202e1"`, 'place', 'A place is one line'],
      [`${at} at "Room \u00071"`, 'place', 'A place is one line'],
      ['meeting cancel M-1 because \u202eof this', 'reason', 'Write the reason as one line'],
      ['meeting recuse 1 because \u202eof this', undefined, 'Write the reason as one line'],
    ];
    for (const [said, field, sentence] of refused) {
      const answer = await house.say('ana', said, direct);
      expect(answer, said).toMatchObject({ outcome: 'refused', ...(field && { field }) });
      expect(textOf(answer)).toContain(sentence);
    }
    const owner = item.owner;
    for (const [name, text] of [
      ['title', 'The \u202ebudget'],
      ['title', '\u200b\u2060'],
      ['question', 'Do we \u0007 agree?'],
    ] as const) {
      const values = { kind: 'decision', title: 'The budget', question: 'Do we agree?', owner, [name]: text };
      expect(await press(house, 'ana', 'add-item', meeting.id, values)).toMatchObject({
        outcome: 'refused',
        field: name,
      });
    }
    expect(await happened(house)).toBe(before);
  });

  it('is told to write something where nobody would see what they wrote', async () => {
    const house = await open(openStore);
    const { meeting } = await holdMeeting(house);
    const next = await planMeeting(house, { at: '2026-12-18T14:00' });
    const item = await planItem(house, next);
    const before = await happened(house);
    const nothing = ' \u200b\u2060 ';
    for (const [verb, id, field] of [
      ['propose-change', `minutes:${meeting.id}`, 'text'],
      ['if', `item:${item.id}`, 'condition'],
      ['step', `item:${item.id}`, 'step'],
      ['note', `internal:${item.proposedFor}:${next.id}`, 'text'],
    ] as const)
      expect(await press(house, 'ana', verb, id, { item: 'meeting', [field]: nothing }), verb).toMatchObject({
        ...{ outcome: 'refused', field },
      });
    expect(await happened(house)).toBe(before);
    expect(textOf(await press(house, 'ana', 'undo-open', meeting.id))).toContain('M-1 is closed by now');
  });

  it('is told of a few of those whom they mention, and not of two thousand', async () => {
    const house = await open(openStore);
    await planMeeting(house);
    const crowd = Array.from({ length: 2_000 }, (_, at) => [
      { ...people.bob, user: `U1${at}`, name: `Somebody with a long name ${at}` },
      ' and ',
    ]).flat();
    const answer = await house.say(
      'ana',
      ['meeting agenda add for decision: Do we agree? ', ...crowd.slice(0, 60)],
      direct,
    );
    expect(answer.outcome).toBe('refused');
    expect(textOf(answer).length).toBeLessThan(400);
    expect(await house.say('ana', ['meeting agenda add for decision: Yes? ', ...crowd], direct)).toMatchObject({
      outcome: 'refused',
    });
  });
});

eachEngine('whoever looks for what the other company keeps to itself', (openStore) => {
  it('does not read from a meeting how much of that was recorded in it', async () => {
    const house = await open(openStore);
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting);
    house.clock.at = meeting.startsAt;
    for (const said of ['open meeting', 'meeting next']) await house.say('ana', said);
    const own = { committee: meeting.committee, seenBy: item.proposedFor, from: `meetings/item:${item.id}` };
    const decision = { ...own, text: 'We never pay this' };
    const action = { ...own, text: 'Hide the price', owner: item.owner, due: '18 Dec' };
    expect(await house.press('ana', { interaction: 'decisions.record', values: decision })).toMatchObject({
      outcome: 'done',
    });
    expect(await house.press('ana', { interaction: 'actions.record', values: action })).toMatchObject({
      outcome: 'done',
    });
    const asked = await house.say('ana', 'close meeting');
    expect(textOf(asked)).toContain('No decisions, no actions. Correct?');
    await pressOn(house, 'ana', asked.view, 'Yes, close');
    const shared = (await listHistory(house.store.read, house.alliance, subjectOf(meeting.id))).map(
      ({ detail }) => detail,
    );
    expect(shared).toContainEqual(expect.objectContaining({ made: 0 }));
  });
});

eachEngine('whoever owns an item that was accepted', (openStore) => {
  const bobs = async (house: House) => {
    const meeting = await planMeeting(house);
    const [owner, proposedBy] = [await idOf(house, 'Bob Brown'), await idOf(house, 'Bob Brown')];
    return { meeting, item: await planItem(house, meeting, { owner, proposedBy }) };
  };
  const values = (owner: string, question: string) => ({
    kind: 'decision',
    title: 'The revised protocol',
    question,
    owner,
  });

  it('has the room asked nothing else by it before that is accepted, and nobody’s answer stand under it', async () => {
    const house = await open(openStore);
    const { meeting, item } = await bobs(house);
    for (const who of ['jun', 'ben', 'ana'] as const) await press(house, who, 'aligned', `item:${item.id}`);
    const comma = values(item.owner, 'Do we approve, the revised protocol');
    expect(textOf(await press(house, 'bob', 'change-item', `item:${item.id}`, comma))).toContain(
      'on the agenda of M-1.',
    );
    expect(JSON.stringify((await house.say('ana', 'meeting show M-1')).view)).toContain('Nova Pharma green');
    const other = values(item.owner, 'Do we stop the trial?');
    const said = textOf(await press(house, 'bob', 'change-item', `item:${item.id}`, other));
    expect(said).toContain('until a co-chair or an alliance professional accepts it as it is now');
    expect(said).toContain('asked again');
    expect(await press(house, 'bob', 'accept-item', `item:${item.id}`)).toMatchObject({ outcome: 'refused' });
    expect(await press(house, 'ben', 'accept-item', `item:${item.id}`)).toMatchObject({ outcome: 'done' });
    expect(JSON.stringify((await house.say('ana', 'meeting show M-1')).view)).not.toContain('green');
    house.clock.at = meeting.startsAt;
    await house.say('ana', 'open meeting');
    const late = values(item.owner, 'Do we sell the plant?');
    expect(await press(house, 'bob', 'change-item', `item:${item.id}`, late)).toMatchObject({ outcome: 'refused' });
    expect(await press(house, 'ana', 'change-item', `item:${item.id}`, late)).toMatchObject({ outcome: 'done' });
  });
});

eachEngine('whoever fills in a form after the meeting was closed', (openStore) => {
  it('adds nothing to minutes under which the word of others stands', async () => {
    const house = await open(openStore);
    const { meeting, items } = await holdMeeting(house);
    for (const who of ['ben', 'mei'] as const) await press(house, who, 'fine', `minutes:${meeting.id}`);
    const values = { committee: meeting.committee, from: `meetings/item:${items[1]?.id}`, text: 'Sapporo comes first' };
    expect(await house.press('bob', { interaction: 'decisions.record', values })).toMatchObject({ outcome: 'done' });
    expect(await listReadings(house.store.read, meeting.id)).toEqual([]);
    for (const who of ['ana', 'bob', 'ben', 'mei'] as const) await press(house, who, 'fine', `minutes:${meeting.id}`);
    expect((await findMeeting(house.store.read, meeting.id))?.status).toBe('agreed');
    const late = { ...values, text: 'Nagoya comes second' };
    expect(await house.press('bob', { interaction: 'decisions.record', values: late })).toMatchObject({
      outcome: 'done',
    });
    const told = await listHistory(house.store.read, house.alliance, subjectOf(meeting.id));
    expect(told.at(-1)?.verb).toBe('minutes-agreed');
  });

  it('changes nothing of one that is over, cancelled or moved to another day', async () => {
    const house = await open(openStore);
    const meeting = await planMeeting(house);
    const item = await planItem(house, meeting);
    const seen = { item: item.id, made: '0', verb: 'moved' };
    for (const status of ['cancelled', 'held', 'agreed'] as const) {
      await house.store.write((tx) => saveMeeting(tx, { ...meeting, status }));
      const before = await happened(house);
      const form = {
        kind: 'decision',
        title: 'Another',
        question: 'Do we?',
        owner: item.owner,
        to: '1',
        link: 'https://a.example',
      };
      for (const verb of [
        ...[
          'add-item',
          'move',
          'cancel',
          'open',
          'undo-open',
          'next',
          'park',
          'back',
          'undo-step',
          'here',
          'close',
          'close-now',
        ],
        ...['coming', 'not-coming', 'alternate', 'recuse', 'unrecuse', 'snooze', 'nudge', 'keep', 'undo', 'take-up'],
      ])
        expect(await press(house, 'ana', verb, meeting.id, { ...seen, ...form, day: '18 Dec' }), verb).toMatchObject({
          outcome: 'refused',
        });
      for (const verb of [
        ...[
          'accept-item',
          'decline-item',
          'move-item',
          'change-item',
          'add-paper',
          'invite-guest',
          'remove-item',
          'undo-remove',
        ],
        ...['aligned', 'if', 'step', 'not-yet', 'hand-over', 'undo-hand-over'],
      ])
        expect(await press(house, 'ana', verb, `item:${item.id}`, { ...seen, ...form }), verb).toMatchObject({
          outcome: 'refused',
        });
      expect(await happened(house)).toBe(before);
    }
  });
});
