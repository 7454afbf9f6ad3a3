import { inArray, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Audience } from './context.js';
import type { PartnerId } from './ids.js';

/*
 * Visibility is a column of a row: empty for a record that all partners share, the partner's id for one that is its
 * alone. Every read of such a row takes an audience.
 */

export const SHARED = '';

export type Visibility = PartnerId | typeof SHARED;

/** Whose internal records may be read where this audience reads: the only partner's, and nobody's where several do. */
export const ownerIn = ({ partners }: Audience): Visibility =>
  partners.length === 1 ? (partners[0] ?? SHARED) : SHARED;

/** The rows that may be read where `owner` is the one whose internal records are; serves in prepared queries too. */
export const readableBy = (visibility: SQLiteColumn, owner: Visibility): SQL => inArray(visibility, [SHARED, owner]);
