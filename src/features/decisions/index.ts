import type { Feature } from '../../core/feature.js';
import type { PartnerId } from '../../core/ids.js';
import { mayVote } from '../../core/permission.js';
import { decisionCommands } from './commands.js';
import { getEntry } from './entry-store.js';
import { decisionInteractions } from './interactions.js';
import { missingFor } from './rules.js';
import { defineDecisions, getAbout, getDecision, listOpen } from './store.js';
import { aroundOf, decisionCard, openItem, waitingItem } from './views.js';

export const decisions: Feature = {
  name: 'decisions',
  tables: defineDecisions,
  commands: decisionCommands,
  interactions: decisionInteractions,
  async present(id, read, audience) {
    const decision = await getDecision(read.db, id, audience);
    const around = decision && (await aroundOf(decision, read, audience));
    return decision && around && decisionCard(decision, around);
  },
  about: (id, read, audience) => getAbout(read.db, id, audience),
  entry: (id, read) => getEntry(read.db, id),
  async pending(committee, read, audience) {
    const partners = await read.directory.partners(audience.alliance);
    const open = await listOpen(read.db, [committee], audience);
    return open.map((decision) => openItem(decision, missingFor(decision, partners)));
  },
  async waiting(actor, read, audience) {
    const voting = actor.seats.filter((seat) => mayVote(seat.role)).map((seat) => seat.committee);
    const partner: PartnerId = actor.partner.id;
    const open = await listOpen(read.db, voting, audience, partner);
    return open.map((decision) => waitingItem(decision, actor.partner));
  },
};
