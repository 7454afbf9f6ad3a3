import type { Happenings } from '../../core/entries/happening-groups.js';
import type { Feature } from '../../core/feature.js';
import { seatCommands } from './commands.js';
import { seatInteractions } from './interactions.js';
import { checkSpared, dropPlansOf, endSeats } from './leaver-store.js';
import { withSeat } from './rules.js';
import { aroundOf, defineSeats, getChange, getPlanned, kept, saveKind, saveTouched, touchedBy } from './store.js';
import { changeCard, subjectOf } from './views.js';

const became = (word: string) => ({ word, group: 'people' as const });

/** What history says of a change; its card says the rest. */
const seatVerbs: Happenings = {
  seated: became('Seated'),
  changed: became('Seat changed'),
  planned: became('Planned'),
  'took-effect': became('Took effect'),
  unseated: became('Seat ended'),
  professional: became('Runs the alliance'),
  'not-professional': became('No longer runs the alliance'),
  undone: became('Undone'),
  dropped: became('Dropped'),
};

export const seats: Feature = {
  name: 'seats',
  tables: defineSeats,
  commands: seatCommands,
  interactions: seatInteractions,
  verbs: seatVerbs,
  async present(id, read, audience) {
    const change = await getChange(read.db, id, audience);
    return change && changeCard(change, await aroundOf(change, read, audience.alliance));
  },
  async about(id, read, audience) {
    const change = await getChange(read.db, id, audience);
    if (!change) return undefined;
    const { committee, changedBy, partner } = change;
    return { ...(committee && { committee }), author: changedBy, partner };
  },
  parting: checkSpared,
  async erase(person, work, how) {
    await dropPlansOf(person, work);
    await endSeats(person, work, how);
    return [];
  },
  /** The day has come on which somebody's role changes. */
  async wake(id, work) {
    const planned = await getPlanned(work, id);
    if (!planned) return;
    const { seat } = planned;
    const before = await work.directory.seats(seat.committee, 'all');
    const counterpart = before.find((one) => one.person === seat.person)?.counterpart;
    const touched = touchedBy(before, withSeat(before, { ...seat, ...(counterpart && { counterpart }) }));
    await saveTouched(work.db, touched);
    await saveKind(work.db, id, 'changed');
    await work.record(subjectOf(id), 'took-effect', kept(touched));
  },
};
