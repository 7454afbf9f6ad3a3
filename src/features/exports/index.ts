import type { Feature } from '../../core/feature.js';
import { exportCommands } from './commands.js';
import { exportInteractions } from './interactions.js';
import { defineExports, deleteExportsOf, forgetPlace, getExportFile } from './store.js';
import { exportCard } from './views.js';

export const exports: Feature = {
  name: 'exports',
  tables: defineExports,
  commands: exportCommands,
  interactions: exportInteractions,
  async present(id, read, audience) {
    const file = await getExportFile(read.db, id, audience);
    return file && exportCard(file, read, audience);
  },
  wake: (id, work) => forgetPlace(work.db, id),
  async erase(person, work) {
    const ids = await deleteExportsOf(work.db, work.alliance, person);
    for (const id of ids) await work.cancelWake(id);
    return ids.map((id) => ({ feature: 'exports', id }));
  },
};
