import { describe, expect, it } from 'vitest';
import { keySchema, nameText, sameName } from './naming.js';

describe('a name', () => {
  const schema = nameText('A name', 10, 'Write the name.');
  const sentence = (text: string) => schema.safeParse(text).error?.issues[0]?.message;

  it('keeps one space where several were typed', () => {
    expect(schema.parse(' Lyra \n Labs ')).toBe('Lyra Labs');
  });

  it.each([
    ['that cannot be seen', '\u2060\u2800', 'Write the name.'],
    ['that turns what follows', 'Lyra\u202e', 'A name is one line of letters, digits and signs.'],
    ['with a control in it', 'Ly\u0000ra', 'A name is one line of letters, digits and signs.'],
    ['that fits nowhere', 'x'.repeat(11), 'A name fits in 10 characters.'],
  ])('is none %s', (_how, text, said) => {
    expect(sentence(text)).toBe(said);
  });

  it('counts characters, however many bytes they take', () => {
    expect(schema.parse('𝔸'.repeat(10))).toBe('𝔸'.repeat(10));
  });

  it('is the same in any case and width', () => {
    expect(sameName('ＪＳＣ', 'jsc')).toBe(true);
    expect(sameName('JSC', 'JDC')).toBe(false);
  });
});

describe('a key', () => {
  it('is kept in capitals', () => {
    expect(keySchema.parse(' jdc ')).toBe('JDC');
  });

  it.each([
    ['', 'short key'],
    ['J', '2 to 12'],
    ['J D', '2 to 12'],
    ['1JSC', '2 to 12'],
    ['ABCDEFGHIJKLM', '2 to 12'],
    ['member', 'another way'],
    ['internal', 'another way'],
  ])('is not %s', (key, sentence) => {
    expect(keySchema.safeParse(key).error?.issues[0]?.message).toContain(sentence);
  });
});
