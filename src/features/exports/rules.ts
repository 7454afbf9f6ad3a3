import { z } from 'zod';
import type { Format } from '../../core/copy/files.js';
import { Refusal } from '../../core/errors.js';
import type { AllianceId, Instant, PartnerId, PersonId } from '../../core/ids.js';

/** Offered until it is accepted or declined where a platform asks its people first; elsewhere it stays offered. */
export type State = 'offered' | 'accepted' | 'declined';

export interface ExportFile {
  readonly id: string;
  readonly export: string;
  readonly alliance: AllianceId;
  readonly partner: PartnerId;
  readonly person: PersonId;
  readonly format: Format;
  readonly state: State;
  readonly askedAt: Instant;
  readonly place?: string;
}

const MINUTE_MS = 60_000;
/** One copy on its way at a time: a large one takes this long to write and to send. */
const BETWEEN_MS = 10 * MINUTE_MS;
/** Nobody wants yesterday's copy; a fresh one is a word away. */
const OFFER_MS = 24 * 60 * MINUTE_MS;
/** Addresses to upload to work for about a quarter of an hour. */
export const PLACE_MS = 60 * MINUTE_MS;

/** @throws Refusal while the copy before is on its way */
export const checkAnother = (before: Instant | undefined, now: Instant): void => {
  if (before === undefined || now - before >= BETWEEN_MS) return;
  const minutes = Math.ceil((BETWEEN_MS - (now - before)) / MINUTE_MS);
  throw new Refusal(
    'on-its-way',
    `A copy is on its way to you already. You can ask for a fresh one in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  );
};

export const isOver = ({ askedAt }: ExportFile, now: Instant): boolean => now - askedAt > OFFER_MS;

/** @throws Refusal unless this person may have the file sent now */
export const checkAnswer = (file: ExportFile | undefined, person: PersonId, now: Instant): ExportFile => {
  if (!file || file.person !== person)
    throw new Refusal('no-export', "This copy was not made for you. Say 'entente export' for one of your own.");
  if (isOver(file, now))
    throw new Refusal('over', "This offer is more than a day old. Say 'entente export' for a fresh copy.");
  return file;
};

/** What a platform adds to the answer of somebody whom it asked. */
export const answerSchema = z.object({ place: z.string().min(1).max(8_000) });

const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60) || 'log';

/** 'acme-and-nova-2026-11-23.csv' */
export const fileName = (alliance: string, askedOn: string, format: Format): string =>
  `${slug(alliance)}-${askedOn}.${format}`;

export const formatWords: Readonly<Record<Format, { readonly title: string; readonly text: string }>> = {
  docx: {
    title: 'To read',
    text: 'A document with a chapter for each committee: its seats, and every record with its reasons and its wordings.',
  },
  csv: {
    title: 'As a spreadsheet',
    text: 'One line for each wording of each record. Entente can read this file back.',
  },
  jsonl: {
    title: 'As data',
    text: 'Every record, the people, the committees, and the history by which the copy can be checked.',
  },
};
