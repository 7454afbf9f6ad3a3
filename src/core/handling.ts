/* What a handler is given besides the work: who acts, where, and what every feature says about somebody. */
import type { Ctx } from './context.js';
import type { Resolved } from './directory/resolve.js';
import { listHappenings } from './entries/happenings.js';
import type { Feature } from './feature.js';
import { checkParting, forgetPerson } from './forgetting.js';
import { openCard } from './opening.js';
import { originOf } from './origins.js';
import type { Quote, Readers } from './platform.js';
import { tellSkipped } from './skipped.js';
import type { ListItem } from './view.js';
import { createWork, occasionOf, type WorkParts } from './work.js';

interface Asked {
  readonly quote?: Quote;
  readonly readers?: Readers;
}

export const createCtx = (given: WorkParts, { actor, place }: Resolved, asked: Asked): Ctx => {
  const parts: WorkParts = { ...given, person: actor.person };
  const work = createWork(parts);
  const { audience } = place;
  const gather = async (ask: (feature: Feature) => Promise<readonly ListItem[]> | undefined): Promise<ListItem[]> => {
    const found: ListItem[] = [];
    for (const feature of parts.features.values()) found.push(...((await ask(feature)) ?? []));
    return found;
  };
  return {
    ...work,
    actor,
    place,
    quote: asked.quote,
    readers: asked.readers,
    pending: (committee) => gather((feature) => feature.pending?.(committee, work, audience)),
    sourceFor: async (from) => {
      const making = { actor, audience, feature: parts.feature };
      return parts.features.get(from.feature)?.source?.(from.id, making, work);
    },
    recusedFrom: async (made, committee) => {
      const from = (await originOf(work.db, made)) ?? (await occasionOf(parts.features, made, committee, work));
      return from && parts.features.get(from.feature)?.recused?.(from.id, actor.person, work);
    },
    open: (subject) => openCard(parts.features, subject, work, audience),
    happened: (since) => listHappenings(parts.features, work, audience, since),
    skipped: () => tellSkipped(parts.features, work, work.alliance),
    leaves: (person, committee) => gather((feature) => feature.leaves?.(person, committee, work, audience)),
    checkParting: (person) => checkParting(parts, person, actor.partner),
    forget: (person) => forgetPerson(parts, person, actor.partner),
  };
};
