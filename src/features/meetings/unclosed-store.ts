/* What is known of a meeting whose end has passed. */
import type { Audience, Read, Work } from '../../core/context.js';
import { listHistory } from '../../core/history.js';
import type { Instant, PersonId } from '../../core/ids.js';
import { nameIn } from '../../core/sentences.js';
import { getMeeting } from './store.js';
import type { Unclosed } from './unclosed-views.js';
import { unclosedView } from './unclosed-views.js';
import { readStart, type SubjectKind, subjectOf } from './views.js';

const STILL_GOING = 'still-going';

/** Keeps that it is still going; it is not asked about again. */
export const keepStillGoing = (meeting: string, startsAt: Instant, work: Work): Promise<void> =>
  work.record(subjectOf(`unclosed:${meeting}`), STILL_GOING, { startsAt });

/** Whoever said last that it is still going. */
const stillGoing = async (
  meeting: string,
  startsAt: Instant,
  read: Read,
  { alliance }: Audience,
): Promise<PersonId | undefined> =>
  (await listHistory(read.db, alliance, subjectOf(`unclosed:${meeting}`))).findLast(
    ({ verb, detail }) => verb === STILL_GOING && detail.startsAt === startsAt,
  )?.person;

export const getUnclosed = async (rest: string, read: Read, audience: Audience): Promise<Unclosed | undefined> => {
  const { meeting: id, startsAt } = readStart(rest);
  const meeting = await getMeeting(read.db, id, audience);
  const committee = meeting && (await read.directory.committee(meeting.committee));
  if (!meeting || !committee) return undefined;
  const said = await stillGoing(id, startsAt, read, audience);
  const name = said && nameIn(await read.directory.names([said]), said);
  return { meeting, committee, startsAt, ...(name !== undefined && { stillGoing: name }) };
};

export const unclosedKind: SubjectKind = {
  async present(rest, read, audience) {
    const asked = await getUnclosed(rest, read, audience);
    return asked && unclosedView(asked);
  },
  async about(rest, read, audience) {
    const asked = await getUnclosed(rest, read, audience);
    return asked && { committee: asked.committee.id };
  },
};
