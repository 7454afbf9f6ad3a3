import { expect, it } from 'vitest';
import { storable } from './text.js';

it('takes out NUL and puts U+FFFD where half a character stood', () => {
  expect(storable('a\0b\uD800c\uDC00d')).toBe('ab\uFFFDc\uFFFDd');
  expect(storable('\uDC00\uD800')).toBe('\uFFFD\uFFFD');
  expect(storable('\uD800\0\uDC00')).toBe(storable(storable('\uD800\0\uDC00')));
});

it('leaves every other text as it is', () => {
  for (const text of ['', 'Meet monthly', 'שלום\u202E', '👩‍👩‍👧 𝒳', '\n\t\u0001']) expect(storable(text)).toBe(text);
});
