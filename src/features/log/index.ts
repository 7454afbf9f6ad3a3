import type { Feature } from '../../core/feature.js';
import { logCommands } from './commands.js';
import { logInteractions } from './interactions.js';
import { defineLog } from './store.js';

export const log: Feature = { name: 'log', tables: defineLog, commands: logCommands, interactions: logInteractions };
