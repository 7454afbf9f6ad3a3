import { expect, it } from 'vitest';
import { share } from './share.js';

it('keeps the very same object where nothing changed, and only there', () => {
  const before = { a: { x: [1, 2] }, b: [{ id: 1 }, { id: 2 }] };
  const after = share(before, { a: { x: [1, 2] }, b: [{ id: 1 }, { id: 3 }, { id: 4 }] });
  expect(after).toEqual({ a: { x: [1, 2] }, b: [{ id: 1 }, { id: 3 }, { id: 4 }] });
  expect(after.a).toBe(before.a);
  expect(after.b[0]).toBe(before.b[0]);
  expect(after.b).not.toBe(before.b);
});

it('sees that a key is gone, or has taken the place of another', () => {
  expect(share({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(share({ a: undefined }, { b: undefined })).toEqual({ b: undefined });
  expect(share([1], { 0: 1 })).toEqual({ 0: 1 });
});
