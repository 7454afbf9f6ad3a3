import { z } from 'zod';
import type { Visit } from '../../core/context.js';
import { ensureIdentity, ensureMember, findPerson, listPartnersAt } from '../../core/directory/people.js';
import { Refusal } from '../../core/errors.js';
import { type Interaction, openInteraction } from '../../core/feature.js';
import type { View } from '../../core/view.js';
import { findMaker, isHome, type Maker } from './commands.js';
import { deleteLinksOf, spendLink } from './store.js';
import { linkedNotice } from './views.js';

/** The caller's account is the maker's from now on, with everything that came with it. */
const link = async ({ person, fingerprint, who }: Maker, visit: Visit): Promise<View> => {
  const { db, caller, now } = visit;
  if (!(await spendLink(db, fingerprint, now)))
    throw new Refusal('used', 'This code was used just now. Say link with your other account for a new one.');
  const gone = await findPerson(db, caller);
  if (gone) {
    await visit.merge(person, gone);
    await deleteLinksOf(db, gone);
  }
  await ensureIdentity(db, person, caller);
  const partners = isHome(visit) ? await listPartnersAt(db, caller) : [];
  for (const partner of partners) await ensureMember(db, partner, person);
  return linkedNotice(who);
};

export const peopleInteractions: readonly Interaction[] = [
  openInteraction({
    id: 'people.link',
    guests: true,
    values: z.object({ code: z.string() }),
    visit: async ({ values: { code } }, visit) => {
      const found = await findMaker(code, visit);
      return 'answer' in found ? found.answer : link(found, visit);
    },
  }),
];
