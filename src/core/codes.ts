/*
 * Codes that are said aloud: words of one list of 2,048, eleven bits each. The last eight bits of a code check the
 * others, so a word misheard is told from a code that is not known, without asking what is stored.
 */
import { createHash } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { cut } from './sentences.js';

const WORD_BITS = 11;
const CHECK_BITS = 8;

const numbers = new Map(wordlist.map((word, number) => [word, BigInt(number)]));

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const check = (value: bigint): bigint => BigInt(sha256(`code ${value}`)[0] ?? 0);

/** A code of so many words from random bytes; eight words hold 80 of their bits, five hold 47. */
export const codeOf = (bytes: Uint8Array, count: number): readonly string[] => {
  const bits = BigInt(count * WORD_BITS - CHECK_BITS);
  const value = BigInt.asUintN(Number(bits), BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
  let rest = (value << BigInt(CHECK_BITS)) | check(value);
  const words: string[] = [];
  for (let n = 0; n < count; n += 1) {
    words.unshift(wordlist[Number(BigInt.asUintN(WORD_BITS, rest))] ?? '');
    rest >>= BigInt(WORD_BITS);
  }
  return words;
};

export type ReadCode =
  | { readonly kind: 'code'; readonly words: readonly string[] }
  | { readonly kind: 'unknown-word'; readonly word: string }
  | { readonly kind: 'length'; readonly count: number }
  | { readonly kind: 'mistyped' };

/** What somebody said as a code, in any case and with anything between the words. */
export const readCode = (text: string, count: number): ReadCode => {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const unknown = words.find((word) => !numbers.has(word));
  if (unknown !== undefined) return { kind: 'unknown-word', word: cut(unknown, 20) };
  if (words.length !== count) return { kind: 'length', count: words.length };
  const all = words.reduce((sum, word) => (sum << BigInt(WORD_BITS)) | (numbers.get(word) ?? 0n), 0n);
  const right = BigInt.asUintN(CHECK_BITS, all) === check(all >> BigInt(CHECK_BITS));
  return right ? { kind: 'code', words } : { kind: 'mistyped' };
};

/** As people read it: groups of at most four words. */
export const spelled = (words: readonly string[]): string =>
  words.map((word, at) => (at === 0 ? word : `${at % 4 === 0 ? ' ' : '-'}${word}`)).join('');

/** What is kept of a code, in hexadecimal. A code that could be found by trying all takes a `pepper` that is not kept. */
export const fingerprintOf = (words: readonly string[], pepper: Uint8Array = new Uint8Array()): string =>
  createHash('sha256').update(pepper).update(words.join(' ')).digest('hex');
