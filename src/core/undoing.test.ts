import { expect, it } from 'vitest';
import { checkUndo, UNDO_MS } from './undoing.js';

it('takes back what was done within five minutes', () => {
  expect(() => checkUndo(0, UNDO_MS, 'Ask.')).not.toThrow();
  expect(() => checkUndo(0, UNDO_MS + 1, 'Ask.')).toThrow(
    expect.objectContaining({ code: 'undo-over', sentence: 'Undo works for five minutes. Ask.' }),
  );
});

it('takes nothing back twice', () => {
  expect(() => checkUndo(undefined, 0, 'Ask.')).toThrow(
    expect.objectContaining({ code: 'nothing-to-undo', sentence: 'This was undone already.' }),
  );
});
