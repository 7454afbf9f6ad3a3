import { expect, it } from 'vitest';
import type { PersonId } from '../../core/ids.js';
import { cardText, messageLink } from './spans.js';

const mention = { mention: 'p' as PersonId, name: 'Mei Sato' };
const moment = { moment: Date.UTC(2026, 10, 23, 9), zone: 'Europe/Zurich' };

it('keeps the blanks between words that stand in spans of their own', () => {
  expect(cardText([mention, ' (Nova)', ' sits there', '. Changed by ', mention, '.'], 500)).toBe(
    'Mei Sato (Nova) sits there. Changed by Mei Sato.',
  );
});

it('takes a mark for a list only where a line begins, not where a span does', () => {
  expect(cardText(['Seat 4', '. Next: ', '- nobody'], 500)).toBe('Seat 4. Next: - nobody');
  expect(cardText(['Two things:\n', '- one'], 500)).toBe('Two things:\n\n\\- one');
});

it('leaves a moment to the reader’s zone, also after words that look like one', () => {
  expect(cardText(['\uE000 until ', moment, ', then ', moment], 500)).toBe(
    'until {{DATE(2026-11-23T09:00:00Z,SHORT)}} {{TIME(2026-11-23T09:00:00Z)}} (your\u00a0time), then {{DATE(2026-11-23T09:00:00Z,SHORT)}} {{TIME(2026-11-23T09:00:00Z)}} (your\u00a0time)',
  );
});

it('makes a link of the address of a message, and of nothing that only looks like one', () => {
  const address =
    'https://teams.microsoft.com/l/message/19%3Ajsc%40thread.tacv2/1795818707965?tenantId=1&createdTime=2';
  expect(messageLink(address)).toBe(`[A message in Teams](${address})`);
  for (const other of [
    'https://teams.microsoft.com.evil.example/l/message/19/17',
    `${address}) [x](javascript:alert(1)`,
    `${address} and more`,
    `${address}{{DATE(2026-11-22T00:00:00Z,SHORT)}}`,
    `see ${address}`,
  ])
    expect(messageLink(other)).toBeUndefined();
});
