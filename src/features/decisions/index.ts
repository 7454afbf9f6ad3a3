import type { Feature } from '../../core/feature.js';
import type { PartnerId } from '../../core/ids.js';
import { decisionCommands } from './commands.js';
import { decisionInteractions } from './interactions.js';
import { mayVote } from './rules.js';
import { defineDecisions, getDecision, listUnconfirmed } from './store.js';
import { aroundOf, decisionCard, waitingItem } from './views.js';

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
  async waiting(actor, read, audience) {
    const voting = actor.seats.filter((seat) => mayVote(seat.role)).map((seat) => seat.committee);
    const partner: PartnerId = actor.partner.id;
    const open = await listUnconfirmed(read.db, voting, partner, audience);
    return open.map((decision) => waitingItem(decision, actor.partner));
  },
};
