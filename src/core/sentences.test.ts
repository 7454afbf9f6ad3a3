import { expect, it } from 'vitest';
import type { PartnerId, PersonId } from './ids.js';
import { audienceLine, cut, listNames, nameIn, seenLine } from './sentences.js';
import { SHARED } from './visibility.js';

const acme = { id: 'acme' as PartnerId, name: 'Acme' };
const nova = { id: 'nova' as PartnerId, name: 'Nova' };

it('lists names as people write them', () => {
  const lists = [[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map((names) => listNames(names));
  expect(lists).toEqual(['', 'A', 'A and B', 'A, B and C']);
});

it('says who will see what is shared, and what is one company’s alone', () => {
  expect(audienceLine(SHARED, [acme, nova])).toBe('Acme and Nova will see this');
  expect(audienceLine(nova.id, [acme, nova])).toBe('Only Nova will see this');
});

it('says who sees it, also while only one company takes part', () => {
  expect(seenLine(SHARED, [acme, nova])).toBe('Acme and Nova see this');
  expect(seenLine(nova.id, [acme, nova])).toBe('Only Nova sees this');
  expect(seenLine(SHARED, [acme])).toBe('Acme sees this');
});

it('calls somebody who is gone a former member', () => {
  const names = new Map([['ana' as PersonId, 'Ana']]);
  expect([nameIn(names, 'ana' as PersonId), nameIn(names, 'bob' as PersonId)]).toEqual(['Ana', 'a former member']);
});

it('cuts between characters, never within one', () => {
  expect(cut('a😀b', 2)).toBe('a😀');
});
