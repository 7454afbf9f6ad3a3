/* The message in which somebody hears at once what they owe to a meeting, because those who run it asked. */
import { isTimely } from '../../core/daily/hours.js';
import { actorFor } from '../../core/directory/resolve.js';
import type { PersonId } from '../../core/ids.js';
import { isPosted } from './duty-store.js';
import { owedMessage } from './duty-views.js';
import { findOwed } from './owing-store.js';
import { getMeeting } from './store.js';
import { type SubjectKind, subjectOf } from './views.js';

const readId = (id: string): { readonly meeting: string; readonly person: PersonId; readonly on: string } => {
  const [meeting = '', person = '', on = ''] = id.split(':');
  return { meeting, person: person as PersonId, on };
};

export const dutiesKind: SubjectKind = {
  async present(id, read, audience) {
    const { meeting: named, person, on } = readId(id);
    const meeting = await getMeeting(read.db, named, audience);
    const actor = meeting && (await actorFor(read.db, meeting.alliance, person, read.now));
    if (!meeting || !actor || audience.own !== actor.partner.id) return undefined;
    const subject = subjectOf(`duties:${id}`);
    const owed = await findOwed(meeting, actor, read, audience);
    // What was kept back until the evening, or until nothing is owed any more, need not come.
    const useful = owed !== undefined && isTimely(on, read.now, actor.zone);
    if (!useful && !(await isPosted(read.db, subject))) return undefined;
    return owedMessage(owed, actor, subject);
  },
  async about(id, read, audience) {
    const meeting = await getMeeting(read.db, readId(id).meeting, audience);
    return meeting && { committee: meeting.committee };
  },
};
