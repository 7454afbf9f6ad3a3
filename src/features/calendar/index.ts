import { deleteSubscription, mergeSubscriptions } from '../../core/calendar/subscriptions.js';
import type { Feature } from '../../core/feature.js';
import { calendarCommands } from './commands.js';
import { calendarInteractions } from './interactions.js';
import { readSubject } from './store.js';

export const calendar: Feature = {
  name: 'calendar',
  commands: calendarCommands,
  interactions: calendarInteractions,
  async about(id, read, audience) {
    const { person, partner } = readSubject(id);
    const own = person ? (await read.directory.partnerOf(audience.alliance, person))?.id : partner;
    if (own === undefined || !audience.partners.includes(own)) return undefined;
    return { partner: own, ...(person && { author: person }) };
  },
  async erase(person, work) {
    await deleteSubscription(work.db, work.alliance, person);
    return [];
  },
  merged: (kept, gone, tx) => mergeSubscriptions(tx, kept, gone),
};
