import type { Actor, Audience, Read } from '../../core/context.js';
import { dayOf, daysAfter, todayOf } from '../../core/days.js';
import { groupedVerbs } from '../../core/entries/happenings.js';
import type { Feature, Waiting } from '../../core/feature.js';
import { nameIn } from '../../core/sentences.js';
import { actionOffers } from './agenda-views.js';
import { actionCommands } from './commands.js';
import { dumpActions } from './dump-store.js';
import { actionInteractions } from './interactions.js';
import { declinedItem, type Looking, leftItem, openItem, overdueItem, ownItem, verbWords } from './list-views.js';
import { escalations, LONG_OVERDUE_DAYS } from './reminder-rules.js';
import { restoreActions } from './restore-store.js';
import type { Action } from './rules.js';
import { defineActions, getAction, getEntry, listActions, mergeOwners, type Which } from './store.js';
import { verifyActions } from './verify-store.js';
import { type Around, actionCard, aroundOf } from './views.js';

/** Each action that is asked for, with what is needed to speak of it. */
const listed = async (which: Which, read: Read, audience: Audience) => {
  const found: { readonly action: Action; readonly around: Around }[] = [];
  for (const action of await listActions(read.db, which, audience)) {
    const around = await aroundOf(action, read, audience);
    if (around) found.push({ action, around });
  }
  return found;
};

const waiting = async (actor: Actor, read: Read, audience: Audience): Promise<readonly Waiting[]> => {
  const { person, partner, zone } = actor;
  const today = dayOf(read.now, zone);
  const looking: Looking = { today, zone, holidays: await read.directory.holidays(partner.id) };
  const own = await listed({ owner: person }, read, audience);
  const declined = await listed({ declinedOf: person }, read, audience);
  const before = daysAfter(today, -LONG_OVERDUE_DAYS);
  const overdue = actor.professional
    ? await listed({ overdueOf: partner.id, before, except: person }, read, audience)
    : [];
  return [
    ...own
      .filter(({ action }) => action.status !== 'declined')
      .map(({ action, around }) => ownItem(action, around, looking)),
    ...declined.map(({ action, around }) => declinedItem(action, around, looking)),
    ...overdue.map(({ action, around }) =>
      overdueItem(action, around, { ...looking, on: escalations(action.dueOn, looking) }),
    ),
  ];
};

export const actions: Feature = {
  name: 'actions',
  tables: defineActions,
  commands: actionCommands,
  interactions: actionInteractions,
  async present(id, read, audience) {
    const action = await getAction(read.db, id, audience);
    const around = action && (await aroundOf(action, read, audience));
    return action && around && actionCard(action, around);
  },
  async about(id, read, audience) {
    const action = await getAction(read.db, id, audience);
    if (!action) return undefined;
    const { committee, visibility, owner, status, givenBy, recordedBy } = action;
    const names = await read.directory.names([owner]);
    const { alliance } = audience;
    const absence = await read.directory.absence(alliance, owner, await todayOf(read, alliance));
    return {
      committee,
      // What was declined is back with whoever gave it.
      author: status === 'declined' ? givenBy : recordedBy,
      owner: { id: owner, name: nameIn(names, owner) },
      ...(absence?.cover && { cover: absence.cover }),
      ...(visibility && { partner: visibility }),
    };
  },
  entry: (id, read) => getEntry(read.db, id),
  verbs: groupedVerbs(verbWords, { recorded: 'new', done: 'done', drop: 'done', 'undo-record': 'done' }),
  pending: async (committee, read, audience) =>
    (await listed({ committee }, read, audience)).map(({ action, around }) => openItem(action, around)),
  leaves: async (owner, committee, read, audience) =>
    (await listActions(read.db, { committee, owner }, audience)).map(leftItem),
  waiting,
  agenda: actionOffers,
  dump: dumpActions,
  restoring: [restoreActions],
  verify: verifyActions,
  merged: (kept, gone, tx) => mergeOwners(tx, kept, gone),
};
