import type { Feature } from '../../core/feature.js';
import { peopleCommands } from './commands.js';
import { peopleInteractions } from './interactions.js';
import { leaverCommands } from './leaver-commands.js';
import { leaverInteractions } from './leaver-interactions.js';
import { definePeople, deleteLinksOf } from './store.js';

export const people: Feature = {
  name: 'people',
  tables: definePeople,
  commands: [...peopleCommands, ...leaverCommands],
  interactions: [...peopleInteractions, ...leaverInteractions],
  async erase(person, work) {
    await deleteLinksOf(work.db, person);
    return [];
  },
};
