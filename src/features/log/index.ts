import type { Feature } from '../../core/feature.js';
import { logCommands } from './commands.js';
import { logInteractions } from './interactions.js';
import { defineLog, deleteLook } from './store.js';

export const log: Feature = {
  name: 'log',
  tables: defineLog,
  commands: logCommands,
  interactions: logInteractions,
  async erase(person, work) {
    await deleteLook(work.db, work.alliance, person);
    return [];
  },
};
