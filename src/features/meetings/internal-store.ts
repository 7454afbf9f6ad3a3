/* What changed on an agenda shows on each company's own preparation too. */
import { wantOwnCards } from '../../core/cards.js';
import type { Work } from '../../core/context.js';
import { internalSubject } from './views.js';

/** Draws each company's own card anew. For what all of them read: what one says to itself redraws its own card alone. */
export const refreshPreparations = async (meeting: string, work: Work): Promise<void> => {
  for (const { id } of await work.directory.partners(work.alliance))
    await wantOwnCards(work.db, internalSubject(id, meeting), id, work.now);
};
