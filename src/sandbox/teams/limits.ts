import type { Windows } from '../pace.js';

/** Teams' documented limits: bytes of UTF-16, milliseconds, items. */
export const LIMITS = {
  messageBytes: 100 * 1024,
  answerMs: 15_000,
  cardVersion: '1.5',
  refreshUsers: 60,
  cardActions: 6,
} as const;

const SEND: Windows = [
  [1000, 7],
  [2000, 8],
  [30_000, 60],
  [3_600_000, 1800],
];
const READ: Windows = [
  [1000, 14],
  [2000, 16],
  [30_000, 120],
  [3_600_000, 3600],
];

/** Per bot and thread. Updates count as sends: Microsoft names no other bucket for them. */
export const PER_THREAD = { send: SEND, create: SEND, members: READ, conversations: READ } as const;

export const PER_TENANT: Windows = [[1000, 50]];
