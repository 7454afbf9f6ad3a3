/*
 * Wrong codes are counted, so that nobody finds a right one by trying. What is answered to one is no refusal: that
 * would take the count back with everything else.
 */
import { and, desc, eq, gt, lte } from 'drizzle-orm';
import { type ReadCode, readCode } from './codes.js';
import type { Visit } from './context.js';
import type { Db, Tx } from './db/store.js';
import type { Instant, PlatformId } from './ids.js';
import type { Account } from './platform.js';
import { attemptTables } from './tables.js';
import type { Text } from './view.js';

/** Who tries: a whole workspace, or one account of it. */
export interface Trier {
  readonly platform: PlatformId;
  readonly who: string;
}

export const accountTrier = ({ platform, workspace, user }: Account): Trier => ({
  platform,
  who: `${workspace}/${user}`,
});

const MOST = 5;
const WINDOW_MS = 60 * 60 * 1_000;

const isTrier = (db: Db, { platform, who }: Trier) => {
  const { attempts } = attemptTables(db);
  return and(eq(attempts.platform, platform), eq(attempts.workspace, who));
};

/** When they may try again; nothing while they may now. */
const blockedUntil = async (db: Db, trier: Trier, now: Instant): Promise<Instant | undefined> => {
  const { attempts } = attemptTables(db);
  const rows = await db
    .select({ at: attempts.at })
    .from(attempts)
    .where(and(isTrier(db, trier), gt(attempts.at, now - WINDOW_MS)))
    .orderBy(desc(attempts.at))
    .limit(MOST);
  const oldest = rows.at(-1);
  return oldest && rows.length === MOST ? oldest.at + WINDOW_MS : undefined;
};

const noteAttempt = async (tx: Tx, trier: Trier, id: string, at: Instant): Promise<void> => {
  const { attempts } = attemptTables(tx);
  await tx.delete(attempts).where(and(isTrier(tx, trier), lte(attempts.at, at - WINDOW_MS)));
  await tx.insert(attempts).values({ id, platform: trier.platform, workspace: trier.who, at });
};

/** Counts a wrong code; the sentence is the answer. */
export const answerWrong = async ({ db, now, newId }: Visit, trier: Trier, sentence: string): Promise<Text> => {
  await noteAttempt(db, trier, newId(), now);
  return sentence;
};

const numerals: Readonly<Record<number, string>> = { 5: 'five', 8: 'eight' };

const mistyped = (read: Exclude<ReadCode, { kind: 'code' }>, count: number): string => {
  switch (read.kind) {
    case 'unknown-word':
      return `One of the words is mistyped: '${read.word}' is in no code. Compare it with the code you were given.`;
    case 'length':
      return `The code has ${numerals[count] ?? count} words, and here are ${read.count}. Compare them with the code you were given.`;
    case 'mistyped':
      return 'One of the words is mistyped. Compare them with the code you were given.';
    default:
      return read satisfies never;
  }
};

export type Tried = { readonly words: readonly string[] } | { readonly answer: Text };

/** The words of a code that somebody says, or what to answer instead. `where` names who has tried too often. */
export const tryCode = async (
  visit: Visit,
  trier: Trier,
  said: { readonly text: string; readonly count: number; readonly where: string },
): Promise<Tried> => {
  const until = await blockedUntil(visit.db, trier, visit.now);
  if (until !== undefined) {
    const many = `Five codes that did not work came from ${said.where} within an hour. Try again after `;
    return { answer: [many, { moment: until, zone: visit.profile.zone ?? 'UTC' }, '.'] };
  }
  const read = readCode(said.text, said.count);
  return read.kind === 'code'
    ? { words: read.words }
    : { answer: await answerWrong(visit, trier, mistyped(read, said.count)) };
};
