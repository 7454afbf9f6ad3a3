import { expect, it } from 'vitest';
import { raisedBy } from './raised-rules.js';

const entry = (at: number, verb: string, detail: Record<string, unknown> = {}) => ({ seq: at, at, verb, detail });

it('knows since when a meeting is when it is, and its items are what they are', () => {
  const { meeting, items } = raisedBy([
    entry(1, 'scheduled'),
    entry(2, 'item-proposed', { item: 'a', owner: 'ana' }),
    entry(3, 'item-accepted', { item: 'a' }),
    entry(4, 'moved'),
    entry(5, 'paper-added', { item: 'a' }),
    entry(6, 'items-taken', { items: ['b', 'c', 7] }),
  ]);
  expect(meeting).toBe(4);
  expect([...items]).toEqual([
    ['a', 3],
    ['b', 6],
    ['c', 6],
  ]);
});

it('knows what was handed to somebody else, by whichever way, and not what came back', () => {
  const { handedOver } = raisedBy([
    entry(1, 'item-proposed', { item: 'a', owner: 'ana' }),
    entry(2, 'item-changed', { item: 'a', owner: 'ana' }),
    entry(3, 'item-changed', { item: 'a', owner: 'bob' }),
    entry(4, 'item-handed-over', { item: 'b', owner: 'bob', ownerWas: 'ana' }),
    entry(5, 'item-handed-over', { item: 'c', owner: 'bob', ownerWas: 'ana' }),
    entry(6, 'item-handed-back', { item: 'c', owner: 'ana', ownerWas: 'bob' }),
  ]);
  expect([...handedOver]).toEqual([
    ['a', 3],
    ['b', 4],
  ]);
});
