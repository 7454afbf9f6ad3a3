/* The document that somebody asked for. Pure. */
import { z } from 'zod';
import { Refusal } from '../../core/errors.js';
import type { AllianceId, Instant, PartnerId, PersonId } from '../../core/ids.js';

/** Offered until it is accepted or declined where a platform asks its people first; elsewhere it stays offered. */
export interface Document {
  readonly id: string;
  readonly alliance: AllianceId;
  readonly meeting: string;
  readonly partner: PartnerId;
  readonly person: PersonId;
  readonly state: 'offered' | 'accepted' | 'declined';
  readonly askedAt: Instant;
  readonly place?: string;
}

const HOUR_MS = 60 * 60_000;
/** A fresh one is a press away. */
const OFFER_MS = 24 * HOUR_MS;
/** Addresses to upload to work for about a quarter of an hour. */
export const PLACE_MS = HOUR_MS;

export const isOver = ({ askedAt }: Document, now: Instant): boolean => now - askedAt > OFFER_MS;

/** @throws Refusal unless this person may have the file sent now */
export const checkAnswer = (document: Document | undefined, person: PersonId, now: Instant): Document => {
  if (document?.person !== person)
    throw new Refusal('no-document', 'This document was not made for you. Press As a document on the minutes.');
  if (isOver(document, now))
    throw new Refusal('over', 'This offer is more than a day old. Press As a document on the minutes once more.');
  return document;
};

/** What a platform adds to the answer of somebody whom it asked. */
export const answerSchema = z.object({ place: z.string().min(1).max(8_000) });

/** 'jsc-m-9-minutes.docx' */
export const fileName = (key: string, label: string): string =>
  `${`${key}-${label}-minutes`
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 80)}.docx`;
