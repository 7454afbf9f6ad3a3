/* Files with a series for somebody's calendar. Pure. */
import { z } from 'zod';
import { Refusal } from '../../core/errors.js';
import type { AllianceId, Instant, PartnerId, PersonId } from '../../core/ids.js';

/** Offered until it is accepted or declined where a platform asks its people first; elsewhere it stays offered. */
export type FileState = 'offered' | 'accepted' | 'declined';

export interface EventFile {
  readonly id: string;
  readonly alliance: AllianceId;
  readonly series: string;
  readonly person: PersonId;
  readonly partner: PartnerId;
  /** Of what it tells: calendars take the highest. */
  readonly sequence: number;
  readonly state: FileState;
  readonly askedAt: Instant;
  readonly place?: string;
}

const MINUTE_MS = 60_000;
/** Whoever presses twice means it once. */
const BETWEEN_MS = 2 * MINUTE_MS;
/** Addresses to upload to work for about a quarter of an hour. */
export const PLACE_MS = 60 * MINUTE_MS;

/** @throws Refusal while the same file is on its way */
export const checkAnother = (last: EventFile | undefined, sequence: number, now: Instant): void => {
  if (last?.sequence !== sequence || last.state === 'declined' || now - last.askedAt >= BETWEEN_MS) return;
  throw new Refusal('on-its-way', 'The file is on its way to your direct messages already.');
};

/** @throws Refusal unless it was offered to this person */
export const checkTaker = (file: EventFile | undefined, person: PersonId): EventFile => {
  if (file?.person === person) return file;
  throw new Refusal(
    'no-file',
    'This file was not made for you. Press Add to my calendar on the meeting’s card for one of your own.',
  );
};

/** The last file of each person, of those who did not say no to it. */
export const takersOf = (files: readonly EventFile[]): readonly EventFile[] => {
  const last = new Map<PersonId, EventFile>();
  for (const one of files) {
    const before = last.get(one.person);
    if (!before || before.askedAt <= one.askedAt) last.set(one.person, one);
  }
  return [...last.values()].filter(({ state }) => state !== 'declined');
};

/** What a platform adds to the answer of somebody whom it asked. */
export const placeSchema = z.object({ place: z.string().min(1).max(8_000) });

/** 'jsc-meetings.ics' */
export const fileName = (key: string): string =>
  `${
    key
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'committee'
  }-meetings.ics`;
