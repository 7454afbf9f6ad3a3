/* What a company notes for itself while it prepares. Pure. */
import { z } from 'zod';
import type { Instant, PartnerId, PersonId } from '../../core/ids.js';
import { isSeen } from '../../core/naming.js';

export interface Note {
  readonly id: string;
  readonly meeting: string;
  readonly partner: PartnerId;
  readonly person: PersonId;
  readonly text: string;
  readonly at: Instant;
}

export const NOTE_MAX = 1_000;

export const noteSchema = z.object({
  text: z
    .string('Write the note.')
    .trim()
    .refine(isSeen, 'Write the note.')
    .max(NOTE_MAX, `A note has at most ${NOTE_MAX.toLocaleString('en')} characters. Put the rest into another one.`),
});
