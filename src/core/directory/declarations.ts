/*
 * What an alliance file has said last: it is applied when it has changed, and not at each start, which would undo what
 * was done in chat since.
 */
import { createHash } from 'node:crypto';
import type { Db, Tx } from '../db/store.js';
import { appendHistory, listHistory } from '../history.js';
import type { AllianceId, Instant } from '../ids.js';
import type { AllianceFile } from './alliance-file.js';

/** A chain of the alliance beside its own, which only starts write, one after the other. */
const fileChainOf = (alliance: string): AllianceId => `${alliance}/file` as AllianceId;

const subjectOf = (alliance: string) => ({ feature: 'directory', id: alliance });

/** Without the service URLs, which differ from one start of the sandbox to the next. */
const fingerprintOf = (file: AllianceFile): string =>
  createHash('sha256')
    .update(JSON.stringify(file, (key, value: unknown) => (key === 'serviceUrl' ? undefined : value)))
    .digest('hex');

/** True when the file says what it said the last time. */
export const wasDeclared = async (db: Db, alliance: string, file: AllianceFile): Promise<boolean> => {
  const entries = await listHistory(db, fileChainOf(alliance), subjectOf(alliance));
  return entries.at(-1)?.detail.fingerprint === fingerprintOf(file);
};

export const keepDeclared = async (tx: Tx, alliance: string, file: AllianceFile, at: Instant): Promise<void> => {
  const detail = { fingerprint: fingerprintOf(file) };
  await appendHistory(tx, {
    alliance: fileChainOf(alliance),
    at,
    subject: subjectOf(alliance),
    verb: 'declared',
    detail,
  });
};
