import { describe, expect, it } from 'vitest';
import { openReceipt, sealReceipt } from './receipts.js';
import type { NoticeView } from './view.js';

const derive = (purpose: string) => new TextEncoder().encode(purpose.padEnd(32, '.'));
const later = (purpose: string) => derive(`${purpose} of another secret`);

const shown: NoticeView = { kind: 'notice', text: 'join acid-acorn', secret: true };

describe('a receipt', () => {
  it('is kept as the answer was, unless it shows a code', () => {
    const plain: NoticeView = { kind: 'notice', text: 'Recorded.' };
    expect(sealReceipt(plain, 'call', derive)).toBe(plain);
    expect(openReceipt(plain, 'call', derive)).toBe(plain);
  });

  it('of an answer with a code opens for the same call only', () => {
    const kept = sealReceipt(shown, 'call', derive);
    expect(JSON.stringify(kept)).not.toContain('acorn');
    expect(openReceipt(kept, 'call', derive)).toEqual(shown);
    expect(() => openReceipt(kept, 'another call', derive)).toThrow('answered');
  });

  it('says to ask again once the secret is another one', () => {
    expect(() => openReceipt(sealReceipt(shown, 'call', derive), 'call', later)).toThrow(
      expect.objectContaining({ sentence: expect.stringContaining('Say it once more.') }),
    );
  });
});
