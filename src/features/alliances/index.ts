import { z } from 'zod';
import type { Visit } from '../../core/context.js';
import { type Feature, type Interaction, openInteraction } from '../../core/feature.js';
import type { ListItem, View } from '../../core/view.js';
import { eraseAsker } from './asker-store.js';
import { allianceCommands, offer, openSetup } from './commands.js';
import { allianceInteractions } from './interactions.js';
import { missingFrom } from './rules.js';
import { defineAlliances, getAround, getInvitation, getJoin, listAsked } from './store.js';
import { beginButton, codeForm, enterButton, joinCard, waitingItem } from './views.js';

/** What the buttons of the welcome open. */
const openForm = (id: Interaction['id'], form: (visit: Visit) => View): Interaction =>
  openInteraction({ id, values: z.object({}), visit: async (_press, visit) => form(visit) });

const look = openInteraction({
  id: 'alliances.look',
  values: z.object({ code: z.string() }),
  visit: ({ values: { code } }, visit) => offer(code, visit),
});

export const alliances: Feature = {
  name: 'alliances',
  tables: defineAlliances,
  commands: allianceCommands,
  interactions: [
    openForm(beginButton.id, openSetup),
    openForm(enterButton.id, codeForm),
    look,
    ...allianceInteractions,
  ],
  welcome: [beginButton, enterButton],
  async present(id, read, audience) {
    const join = await getJoin(read.db, id, audience);
    if (!join) return undefined;
    return joinCard(join, await getAround(join, read, audience), audience.own === join.partner);
  },
  async about(id, read, audience) {
    const found = (await getJoin(read.db, id, audience)) ?? (await getInvitation(read.db, id, audience));
    return found && {};
  },
  async erase(person, work, { last }) {
    const ids = await eraseAsker(work.db, work.alliance, person, last);
    return ids.map((id) => ({ feature: 'alliances', id }));
  },
  async waiting(actor, read, audience) {
    const items: ListItem[] = [];
    if (!actor.professional) return items;
    for (const join of await listAsked(read.db, actor.alliance)) {
      const { company, joined, confirmations } = await getAround(join, read, audience);
      const own = missingFrom(joined, confirmations).some(({ id }) => id === actor.partner.id);
      if (own) items.push(waitingItem(join, company));
    }
    return items;
  },
};
