import type { Feature } from '../../../src/core/feature.js';
import { riskCommands } from './commands.js';
import { riskInteractions } from './interactions.js';
import { defineRisks, getRisk } from './store.js';
import { riskCard } from './views.js';

export const risks: Feature = {
  name: 'risks',
  tables: defineRisks,
  commands: riskCommands,
  interactions: riskInteractions,
  present: async (id, read, audience) => {
    const risk = await getRisk(read.db, id, audience);
    return risk && riskCard(risk);
  },
};
