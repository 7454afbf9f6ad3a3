import type { Feature } from '../../core/feature.js';
import { statusCommands } from './commands.js';
import { statusInteractions } from './interactions.js';

export const status: Feature = { name: 'status', commands: statusCommands, interactions: statusInteractions };
