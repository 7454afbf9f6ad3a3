import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeOf, fingerprintOf, readCode, spelled } from './codes.js';

const bytesOf = (text: string) => createHash('sha256').update(text).digest();

describe('a code', () => {
  it('is read back as it was made, whatever its random bytes and its length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.constantFrom(5, 8), (bytes, count) => {
        const words = codeOf(bytes, count);
        expect(words).toHaveLength(count);
        expect(readCode(spelled(words), count)).toEqual({ kind: 'code', words });
      }),
    );
  });

  it('stands in groups of four, and is read in any case with anything between its words', () => {
    const words = codeOf(bytesOf('one'), 8);
    expect(spelled(words)).toMatch(/^([a-z]+-){3}[a-z]+ ([a-z]+-){3}[a-z]+$/);
    const said = ` ${words.join(' ,\n').toUpperCase()}. `;
    expect(readCode(said, 8)).toEqual({ kind: 'code', words });
  });

  it('names a word that is in no code', () => {
    expect(readCode('sausge wave', 8)).toEqual({ kind: 'unknown-word', word: 'sausge' });
    expect(readCode(`${'größe'.repeat(9)}`, 8)).toMatchObject({ kind: 'unknown-word', word: 'größe'.repeat(4) });
  });

  it('knows how many words are missing', () => {
    expect(readCode('wave', 8)).toEqual({ kind: 'length', count: 1 });
    expect(readCode('', 8)).toEqual({ kind: 'length', count: 0 });
  });

  it('notices nearly every word that was exchanged for another', () => {
    const words = [...codeOf(bytesOf('two'), 8)];
    const others = codeOf(bytesOf('three'), 8);
    const mistyped = words.flatMap((_, at) => others.map((other) => readCode(words.with(at, other).join(' '), 8).kind));
    expect(mistyped.filter((kind) => kind === 'mistyped').length).toBeGreaterThan(mistyped.length * 0.95);
  });

  it('uses all of its bits: other bytes are another code', () => {
    const codes = Array.from({ length: 500 }, (_, n) => spelled(codeOf(bytesOf(String(n)), 8)));
    expect(new Set(codes).size).toBe(500);
    expect(new Set(codes.flatMap((code) => code.split(/[ -]/))).size).toBeGreaterThan(1_500);
  });

  it('is kept as a fingerprint, with what is not kept beside it where it is short', () => {
    const words = codeOf(bytesOf('four'), 5);
    expect(fingerprintOf(words)).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprintOf(words, bytesOf('pepper'))).not.toBe(fingerprintOf(words));
  });
});
