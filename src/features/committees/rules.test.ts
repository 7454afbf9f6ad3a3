import { describe, expect, it } from 'vitest';
import type { Actor, Committee } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { AllianceId, CommitteeId } from '../../core/ids.js';
import {
  checkClose,
  checkElsewhere,
  checkKeyFree,
  checkMove,
  checkPlace,
  checkReaders,
  checkUnbound,
  nameSchema,
  readBinding,
  readWish,
} from './rules.js';

const made = (key: string, more: Partial<Committee> = {}): Committee => ({
  id: `c-${key}` as CommitteeId,
  alliance: 'a' as AllianceId,
  key,
  name: `Committee ${key}`,
  ...more,
});

const jsc = made('JSC');
const jdc = made('JDC', { parent: jsc.id });
const jfc = made('JFC', { parent: jdc.id });
const all = [jsc, jdc, jfc];

const actor = (professional: boolean, role?: 'co-chair' | 'member') =>
  ({
    professional,
    partner: { id: 'acme', name: 'Acme Bio' },
    seats: role ? [{ committee: jsc.id, role }] : [],
  }) as unknown as Actor;

const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.sentence;
    throw error;
  }
  return 'no refusal';
};

describe('the words after committee', () => {
  it.each([
    ['', { verb: 'list' }],
    ['add', { verb: 'add', key: '', name: '' }],
    ['add JDC', { verb: 'add', key: 'JDC', name: '' }],
    ['add under JSC', { verb: 'add', key: '', name: '', under: 'JSC' }],
    [
      'add JDC  Joint Development Committee under JSC',
      { verb: 'add', key: 'JDC', name: 'Joint Development Committee', under: 'JSC' },
    ],
    ['Add JDC Work under way', { verb: 'add', key: 'JDC', name: 'Work', under: 'way' }],
    ['rename JDC to Joint Drug Committee', { verb: 'rename', key: 'JDC', to: 'Joint Drug Committee' }],
    ['move JDC under JSC', { verb: 'move', key: 'JDC', under: 'JSC' }],
    ['move JDC to the top', { verb: 'move', key: 'JDC' }],
    ['close JDC', { verb: 'close', key: 'JDC' }],
  ])('%s is understood', (text, wish) => {
    expect(readWish(text)).toEqual(wish);
  });

  it.each([
    ['rename JDC', 'Say the key and the new name'],
    ['move JDC', 'Say where it goes'],
    ['close', 'Say which one'],
    ['close JDC now', 'Say which one'],
    ['shut JDC', "Say 'committee' for the list"],
  ])('%s is answered with how to say it', (text, sentence) => {
    expect(refusal(() => readWish(text))).toContain(sentence);
  });
});

describe('a name', () => {
  it('is one that can be seen, fits and turns nothing around it', () => {
    const wrong = ['\u200b', 'x'.repeat(101), 'Joint\u202e Committee'];
    expect(wrong.filter((name) => nameSchema.safeParse(name).success)).toEqual([]);
    expect(nameSchema.parse(' Joint   Development ')).toBe('Joint Development');
  });
});

describe('a key', () => {
  it('is free once in an alliance, closed committees included', () => {
    expect(refusal(() => checkKeyFree('jsc', all))).toBe('JSC is the Committee JSC already. Choose another key.');
    expect(refusal(() => checkKeyFree('JSC', [made('JSC', { closedAt: 1 })]))).toContain('its record still stands');
    expect(refusal(() => checkKeyFree('JSC', all, jsc.id))).toBe('no refusal');
  });
});

describe('a committee', () => {
  it('stands under another one, never under itself', () => {
    expect(refusal(() => checkMove(jfc, jsc, all))).toBe('no refusal');
    expect(refusal(() => checkMove(jsc, jfc, all))).toContain('The JFC is the JSC or stands under it');
    expect(refusal(() => checkMove(jsc, jsc, all))).toContain('stands under it');
    expect(refusal(() => checkMove(jdc, jsc, all))).toBe('The JDC is under the JSC already.');
    expect(refusal(() => checkMove(jsc, undefined, all))).toBe('The JSC is at the top already.');
  });

  it('is closed when nothing of it is open', () => {
    expect(refusal(() => checkClose(jdc, all, []))).toBe(
      'The JDC has open committees under it: JFC. Close or move them first.',
    );
    const open = Array.from({ length: 7 }, (_, n) => ({ title: `D-${n + 1} Meet` }));
    expect(refusal(() => checkClose(jfc, all, open))).toBe(
      'The JFC still has open records: D-1 Meet; D-2 Meet; D-3 Meet; D-4 Meet; D-5 Meet; and 2 more. Settle or withdraw them first.',
    );
    expect(refusal(() => checkClose(jfc, all, []))).toBe('no refusal');
  });
});

describe('the words after bind', () => {
  it.each([
    ['', { internal: false }],
    ['JSC', { internal: false, key: 'JSC' }],
    ['JSC internal', { internal: true, key: 'JSC' }],
    ['internal JSC', { internal: true, key: 'JSC' }],
    ['Internal', { internal: true }],
  ])('%s is understood', (text, wish) => {
    expect(readBinding(text)).toEqual(wish);
  });

  it.each(['JSC JDC', 'JSC internal please', 'internal internal internal'])('%s is one too many', (text) => {
    expect(refusal(() => readBinding(text))).toContain('Say one committee');
  });
});

describe('a channel', () => {
  const outside = { outsiders: true };
  const inside = { outsiders: false };

  it('is no direct message and none of another workspace', () => {
    expect(refusal(() => checkPlace(true, true, actor(true)))).toContain('A direct message cannot be bound');
    expect(refusal(() => checkPlace(false, false, actor(true)))).toContain('another company’s workspace');
    expect(refusal(() => checkPlace(false, true, actor(true)))).toBe('no refusal');
  });

  it('is bound once', () => {
    const bound = { committee: jsc, internal: false };
    const same = 'This channel is bound to the JSC already. Nothing has changed.';
    const first = "This channel is bound to the JSC already. Say 'unbind' here first, or choose another channel.";
    expect(refusal(() => checkUnbound(bound, { key: 'jsc', internal: false }))).toBe(same);
    expect(refusal(() => checkUnbound(bound, { internal: false }))).toBe(same);
    expect(refusal(() => checkUnbound(bound, { key: 'JSC', internal: true }))).toBe(first);
    expect(refusal(() => checkUnbound(bound, { internal: true }))).toBe(first);
    expect(refusal(() => checkUnbound(bound, { key: 'JDC', internal: false }))).toBe(first);
    expect(refusal(() => checkUnbound(undefined, { key: 'JDC', internal: false }))).toBe('no refusal');
  });

  it('does not tell what another alliance uses it for', () => {
    expect(refusal(() => checkUnbound({ internal: true }, { key: 'JSC', internal: false }))).toBe(
      'This channel is in use for something else already. Choose another channel.',
    );
  });

  it('is an internal lane only where nobody else reads', () => {
    expect(checkReaders(outside, false, actor(true))).toBe(outside);
    expect(checkReaders(inside, true, actor(true))).toBe(inside);
    expect(refusal(() => checkReaders(outside, true, actor(true)))).toContain('People from outside of Acme Bio');
    expect(refusal(() => checkReaders(undefined, false, actor(true)))).toContain('Add Entente to this channel first');
  });

  it('that both companies are in gets its cards from one of them', () => {
    const theirs = [{ committee: jsc, internal: false }];
    expect(refusal(() => checkElsewhere(theirs, outside))).toContain('has bound this channel to the JSC');
    expect(refusal(() => checkElsewhere([{ internal: false }], outside))).toContain('serves this channel already');
    expect(refusal(() => checkElsewhere(theirs, inside))).toBe('no refusal');
    expect(refusal(() => checkElsewhere([], outside))).toBe('no refusal');
  });
});
