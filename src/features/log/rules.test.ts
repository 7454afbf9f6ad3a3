import { describe, expect, it } from 'vitest';
import type { Committee } from '../../core/context.js';
import type { CommitteeId, PersonId } from '../../core/ids.js';
import { readSince } from '../../core/spoken-days.js';
import { isNarrowed, readCatchUp, readSought, wantedOf } from './rules.js';

const jsc: Committee = { id: 'c1' as CommitteeId, alliance: 'a' as never, key: 'JSC', name: 'Steering' };
// A Monday.
const today = '2026-11-23';
const reading = { committees: [jsc], daySince: (text: string) => readSince(text, today) };
const read = (said: string) => readSought(said, reading);
const usual = { text: '', mine: false, overdue: false, live: false };

describe('what is looked for', () => {
  it.each([
    ['', {}],
    ['overdue', { overdue: true }],
    ['mine', { mine: true }],
    ['Decisions', { kind: 'decisions' }],
    ['actions live', { kind: 'actions', live: true }],
    ['JSC since March', { committee: jsc, sinceOn: '2026-03-01' }],
    ['jsc overdue', { committee: jsc, overdue: true }],
    ['overdue jsc mine', { committee: jsc, overdue: true, mine: true }],
    ['"revised protocol"', { text: '"revised protocol"' }],
    ['since last week protocol "in May" JSC', { committee: jsc, sinceOn: '2026-11-16', text: '"in May" protocol' }],
    ['"overdue" JSC', { committee: jsc, text: '"overdue"' }],
    ['protocol JSC JSC', { committee: jsc, text: 'protocol JSC' }],
    ['since 3 June overdue', { sinceOn: '2026-06-03', overdue: true }],
  ])('is read from %j', (said, sought) => {
    expect(read(said)).toEqual({ ...usual, ...sought });
  });

  it('refuses a day that nobody can tell, and too much', () => {
    expect(() => read('since the merger')).toThrow('since');
    expect(() => read('since 4/5')).toThrow('since');
    expect(() => read('x'.repeat(301))).toThrow('too-long');
  });

  it('is what it means to whoever says it', () => {
    const speaker = { person: 'ana' as PersonId, zone: 'Asia/Tokyo' };
    expect(wantedOf(read('mine overdue since 2026-11-01'), speaker, Date.UTC(2026, 10, 23, 20))).toEqual({
      text: '',
      owner: 'ana',
      dueBefore: '2026-11-24',
      since: Date.UTC(2026, 9, 31, 15),
    });
  });

  it('is everything where it names nothing', () => {
    expect(isNarrowed(read(' ... '))).toBe(false);
    expect(isNarrowed(read('protocol'))).toBe(true);
  });
});

describe('catching up', () => {
  it('takes a committee and since when', () => {
    expect(readCatchUp('', reading)).toEqual({});
    expect(readCatchUp('jsc since Monday', reading)).toEqual({ committee: jsc, sinceOn: '2026-11-23' });
  });

  it('refuses anything else', () => {
    expect(() => readCatchUp('everything', reading)).toThrow('catchup');
  });
});
