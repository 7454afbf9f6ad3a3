import { describe, expect, it } from 'vitest';
import type { Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Mentioned } from '../../core/feature.js';
import type { PartnerId, PersonId } from '../../core/ids.js';
import { asQuestion, asTitle, checkLink, type ItemDraft, readNumber, settleItem } from './agenda-draft-rules.js';
import {
  checkRoomFor,
  type Item,
  isReadBefore,
  isUnfinished,
  itemAt,
  lacksDecision,
  movedTo,
  plannedMinutes,
  timeLine,
} from './agenda-rules.js';
import { readItem } from './agenda-spoken-rules.js';
import type { Meeting } from './rules.js';

const why = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return `${error.field ?? '-'}: ${error.sentence}`;
    throw error;
  }
  return 'nothing was refused';
};

const idOf = (name: string) => name as PersonId;
const seatOf = (name: string, role: Seat['role'] = 'member'): Seat => ({
  ...{ committee: 'c' as never, person: idOf(name), personName: name, partner: 'p' as PartnerId, role },
});
const seats = [seatOf('Ana Ruiz'), seatOf('Ben Ito'), seatOf('Jun Mori'), seatOf('Mei Sato', 'observer')];
const committee = { id: 'c' as never, alliance: 'a' as never, key: 'JSC', name: 'Joint Steering Committee' };
const meeting = { id: 'm', number: 9, minutes: 90, status: 'planned' } as Meeting;

const read = (said: string, mentioned: readonly string[] = []): ItemDraft =>
  readItem({ text: said, people: mentioned.map((name): Mentioned => ({ id: idOf(name), name })) }, seats);

const itemOf = (id: string, more: Partial<Item> = {}): Item => ({
  ...{ id, committee: committee.id, meeting: 'm', position: Number(id), kind: 'decision', title: `Item ${id}` },
  ...{ minutes: 20, owner: idOf('Ana Ruiz'), status: 'accepted', proposedBy: idOf('Ana Ruiz') },
  ...{ proposedFor: 'p' as PartnerId, proposedAt: 0, spentMs: 0 },
  ...more,
});

const whole: ItemDraft = {
  ...{ kind: 'decision', title: 'Approve the protocol', question: 'Approve the protocol?', owner: idOf('Ben Ito') },
  ...{ minutes: 20, link: 'https://docs.example.com/protocol', pages: 12 },
};

describe('an item as it is said', () => {
  it.each([
    'for decision: Approve the protocol? @Ben Ito 20 min https://docs.example.com/protocol 12 pages',
    '@Ben Ito for decision Approve the protocol? 20 minutes https://docs.example.com/protocol (12 pages)',
    'https://docs.example.com/protocol, 12 pages, 20 min @Ben for decision: Approve the protocol',
    '20 min for decision: Approve the protocol? paper: https://docs.example.com/protocol 12 pp. by @ben ito',
    'Approve the protocol? 20 min for decision @Ben Ito https://docs.example.com/protocol 12 pages.',
  ])('has its parts in any order: %s', (said) => {
    expect(read(said)).toEqual(whole);
  });

  it('has its owner by a mention, too', () => {
    const said = 'for discussion @Jun Mori The budget of 2027 1 hour';
    expect(read(said, ['Jun Mori'])).toEqual({
      ...{ kind: 'discussion', title: 'The budget of 2027', owner: idOf('Jun Mori'), minutes: 60 },
    });
  });

  it.each([
    [
      'for discussion: The 90 minutes infusion in children',
      { kind: 'discussion', title: 'The 90 minutes infusion in children' },
    ],
    ['for information: Information for patients', { kind: 'information', title: 'Information for patients' }],
    ['for info: The audit in the room 5 min', { kind: 'information', title: 'The audit', inRoom: true, minutes: 5 }],
    ['Shorten the protocol to 12 pages', { title: 'Shorten the protocol to 12 pages' }],
    ['for discussion: The call with @Jun', { kind: 'discussion', title: 'The call with Jun Mori' }],
    ['for decision', { kind: 'decision' }],
    ['', {}],
  ])('leaves in the text what belongs there: %s', (said, draft) => {
    expect(read(said)).toEqual(draft);
  });

  it.each([
    ['for decision: X? @Ben Ito @Jun Mori', /^owner: An item has one owner/],
    ['for decision: X? @Zoe', /^owner: Entente does not know whom '@Zoe'/],
    ['for decision: X? https://a.example https://b.example', /^link: An item has one paper/],
    ['x'.repeat(3_000), /too much for one item/],
  ])('refuses what cannot be meant: %.40s', (said, sentence) => {
    expect(why(() => read(said))).toMatch(sentence);
  });
});

describe('an item', () => {
  const settle = (more: ItemDraft) => settleItem({ ...whole, ...more }, { meeting, committee, seats });

  it('takes so many minutes as its kind does, unless told', () => {
    expect(settle({ minutes: undefined }).minutes).toBe(20);
    expect(settle({ minutes: undefined, kind: 'discussion' }).minutes).toBe(15);
    expect(settle({ minutes: undefined, kind: 'information', inRoom: true }).minutes).toBe(10);
  });

  it('for information is read beforehand and takes no time in the room, unless told', () => {
    const read = settle({ minutes: undefined, kind: 'information' });
    expect(isReadBefore(read)).toBe(true);
    expect(settle({ kind: 'information', inRoom: false }).minutes).toBe(0);
    expect(isReadBefore(settle({ kind: 'information', inRoom: true }))).toBe(false);
  });

  it.each<[ItemDraft, RegExp]>([
    [{ minutes: 0 }, /^minutes: An item takes from 1 to 90 minutes, as long as M-9 lasts\.$/],
    [{ minutes: 91 }, /^minutes: /],
    [{ minutes: Number.NaN }, /^minutes: /],
    [{ minutes: 1.5 }, /^minutes: /],
    [{ pages: 0 }, /^pages: A paper has from 1 to 2,000 pages/],
    [{ pages: 2_001 }, /^pages: /],
    [{ link: undefined }, /^link: Say where the paper is/],
    [{ link: 'http://docs.example.com/x' }, /^link: A paper is linked to where both/],
    [{ link: 'ftp://docs.example.com/x' }, /^link: /],
    [{ link: 'javascript:alert(1)' }, /^link: /],
    [{ link: 'https://ana:secret@docs.example.com' }, /^link: /],
    [{ link: 'the protocol' }, /^link: /],
    [{ link: `https://docs.example.com/${'x'.repeat(1_000)}` }, /^link: /],
    [{ kind: undefined }, /^kind: Say what it is for/],
    [{ question: undefined }, /^question: Write the question to decide/],
    [{ question: '\u200b' }, /^question: /],
    [{ title: 'x'.repeat(121) }, /^title: This fits in 120 characters/],
    [{ question: 'x'.repeat(301) }, /^question: This fits in 300 characters/],
    [{ owner: undefined }, /^owner: Choose who speaks to it/],
    [{ owner: idOf('Zoe') }, /^owner: Whoever owns an item has a seat on the JSC\. Choose one of Ana Ruiz/],
  ])('is refused in one sentence at its field (%#)', (more, sentence) => {
    expect(why(() => settle(more))).toMatch(sentence);
  });

  it('is not owned by a guest', () => {
    const withGuest = [...seats, seatOf('Dr Kim', 'guest')];
    const draft = { ...whole, owner: idOf('Dr Kim') };
    expect(why(() => settleItem(draft, { meeting, committee, seats: withGuest }))).toMatch(/a guest has none/);
  });

  it('reads numbers with their words, and nothing else as one', () => {
    expect([readNumber('20'), readNumber(' 20 min'), readNumber(''), readNumber('-3')]).toEqual([
      20,
      20,
      undefined,
      -3,
    ]);
    expect([readNumber('soon'), readNumber('1 2')]).toEqual([Number.NaN, Number.NaN]);
  });

  it('makes a question of what is said, and a title of a question', () => {
    expect([asQuestion('Approve it.'), asQuestion('Approve it?'), asTitle('Approve it? ')]).toEqual([
      ...['Approve it?', 'Approve it?', 'Approve it'],
    ]);
    expect(checkLink(' https://docs.example.com/a%20b?c=d#e ')).toBe('https://docs.example.com/a%20b?c=d#e');
  });
});

describe('an agenda', () => {
  const items = ['1', '2', '3'].map((id) => itemOf(id));

  it('moves one item, and gives the others the places that are left', () => {
    expect(movedTo(items, '3', 1)).toEqual([
      ...[
        { id: '3', position: 1 },
        { id: '1', position: 2 },
        { id: '2', position: 3 },
      ],
    ]);
    expect(movedTo(items, '1', 2)).toEqual([
      { id: '2', position: 1 },
      { id: '1', position: 2 },
    ]);
    expect(movedTo(items, '2', 2)).toEqual([]);
    expect(movedTo(items, '9', 1)).toEqual([]);
  });

  it('passes over what the room does not go through', () => {
    const mixed = [
      itemOf('1'),
      itemOf('2', { status: 'proposed' }),
      itemOf('3', { kind: 'information', minutes: 0 }),
      itemOf('4'),
    ];
    expect(movedTo(mixed, '4', 1)).toEqual([
      { id: '4', position: 1 },
      { id: '1', position: 4 },
    ]);
    expect(itemAt(mixed, 2, meeting).id).toBe('4');
    expect(why(() => itemAt(mixed, 3, meeting))).toMatch(/M-9 has no item 3\. Its items are 1 to 2\./);
  });

  it('says its time against the meeting’s', () => {
    expect(plannedMinutes(items)).toBe(60);
    expect(timeLine(items, meeting)).toBe('60 of 90 minutes');
    expect(timeLine([...items, itemOf('4', { minutes: 35 })], meeting)).toBe('95 of 90 minutes: 5 too many');
  });

  it('holds 30 items and not one more', () => {
    const many = Array.from({ length: 30 }, (_, at) => itemOf(String(at)));
    expect(why(() => checkRoomFor(many, meeting))).toMatch(/^-: M-9 has 30 items/);
    expect(why(() => checkRoomFor([...many.slice(1), itemOf('x', { status: 'removed' })], meeting))).toMatch(
      /^nothing/,
    );
  });

  it('lacks a decision while nothing to decide stands on it or is proposed', () => {
    expect(lacksDecision([])).toBe(true);
    expect(lacksDecision([itemOf('1', { kind: 'discussion' }), itemOf('2', { status: 'removed' })])).toBe(true);
    expect(lacksDecision([itemOf('1', { status: 'proposed' })])).toBe(false);
  });

  it('leaves unfinished what was not done, and not what was only to be read', () => {
    expect(isUnfinished(itemOf('1'))).toBe(true);
    expect(isUnfinished(itemOf('1', { status: 'parked' }))).toBe(true);
    expect(isUnfinished(itemOf('1', { status: 'done' }))).toBe(false);
    expect(isUnfinished(itemOf('1', { kind: 'information', minutes: 0 }))).toBe(false);
  });
});
