/* Where those with a vote stand before a meeting, which only their own company reads. Pure. */
import type { Instant, PartnerId, PersonId } from '../../core/ids.js';

export const stances = ['aligned', 'if', 'step', 'not-yet'] as const;

export type Stance = (typeof stances)[number];

export interface Position {
  readonly item: string;
  readonly person: PersonId;
  readonly partner: PartnerId;
  readonly stance: Stance;
  /** Of 'Aligned if ...'. */
  readonly condition?: string;
  readonly at: Instant;
}
