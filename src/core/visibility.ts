import { inArray, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Audience, Ctx } from './context.js';
import type { PartnerId } from './ids.js';

/*
 * Visibility is a column of a row: empty for a record that all partners share, the partner's id for one that is its
 * alone. Every read of such a row takes an audience.
 */

export const SHARED = '';

export type Visibility = PartnerId | typeof SHARED;

/** Of what is recorded here: in a company's own lane it is that company's alone. */
export const visibilityHere = ({ place, actor }: Pick<Ctx, 'place' | 'actor'>): Visibility =>
  place.internal ? actor.partner.id : SHARED;

/** The company whose chain, numbers and lanes are meant, as Work takes it; none for what all share. */
export const onlyOf = (visibility: Visibility): PartnerId | undefined => visibility || undefined;

/** Whose internal records may be read where this audience reads: nobody's where others than one company's people do. */
export const ownerIn = ({ own }: Audience): Visibility => own ?? SHARED;

/** The rows that may be read where `owner` is the one whose internal records are; serves in prepared queries too. */
export const readableBy = (visibility: SQLiteColumn, owner: Visibility): SQL => inArray(visibility, [SHARED, owner]);
