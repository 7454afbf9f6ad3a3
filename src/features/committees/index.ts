import type { Feature } from '../../core/feature.js';
import type { CommitteeId } from '../../core/ids.js';
import { committeeCommands } from './commands.js';
import { committeeInteractions } from './interactions.js';
import { committeeCard } from './views.js';

export const committees: Feature = {
  name: 'committees',
  commands: committeeCommands,
  interactions: committeeInteractions,
  async present(id, read, audience) {
    const committee = await read.directory.committee(id as CommitteeId);
    return committee?.alliance === audience.alliance ? committeeCard(committee) : undefined;
  },
};
