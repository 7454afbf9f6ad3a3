import type { Feature } from '../../core/feature.js';
import { peopleCommands } from './commands.js';
import { peopleInteractions } from './interactions.js';
import { definePeople } from './store.js';

export const people: Feature = {
  name: 'people',
  tables: definePeople,
  commands: peopleCommands,
  interactions: peopleInteractions,
};
