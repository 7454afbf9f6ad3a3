/* The one card of a meeting: what is prepared, then what is run, then what came of it. */
import type { Audience, Read } from '../../core/context.js';
import { seenLine } from '../../core/sentences.js';
import type { RecordView } from '../../core/view.js';
import { agendaButtonsPart, agendaPart } from './agenda-card-views.js';
import { attendancePart } from './attendance-views.js';
import { countdownPart } from './countdown-views.js';
import { historyPart, minutesPart } from './minutes-views.js';
import { missingPart } from './missing-views.js';
import { readinessPart } from './readiness-views.js';
import { decidingPart, roomPart } from './room-views.js';
import { labelOf, type Meeting, type Status, statusWords } from './rules.js';
import { getMeeting } from './store.js';
import { type CardPart, type DrawPart, lookingAt, type SubjectKind, subjectOf, titleOf } from './views.js';

const whenPart: DrawPart = async ({ startsAt, zone, minutes, place, reason }) => ({
  facts: [
    { label: 'When', text: [{ moment: startsAt, zone }, `, ${minutes} minutes`] },
    ...(place === undefined ? [] : [{ label: 'Where', text: place }]),
    ...(reason === undefined ? [] : [{ label: 'Why', text: reason }]),
  ],
});

/** In the order in which the card shows them. */
const parts: Readonly<Record<Status, readonly DrawPart[]>> = {
  planned: [whenPart, countdownPart, agendaPart, readinessPart, attendancePart, missingPart, agendaButtonsPart],
  open: [whenPart, roomPart, decidingPart, readinessPart],
  held: [whenPart, minutesPart, historyPart],
  agreed: [whenPart, minutesPart, historyPart],
  cancelled: [whenPart, historyPart],
};

export const meetingCard = async (
  meeting: Meeting,
  read: Read,
  audience: Audience,
): Promise<RecordView | undefined> => {
  const looking = await lookingAt(meeting.committee, read, audience);
  if (!looking) return undefined;
  const drawn: CardPart[] = [];
  for (const draw of parts[meeting.status]) drawn.push(await draw(meeting, looking));
  const title = titleOf(meeting, looking.committee);
  const status = statusWords[meeting.status];
  return {
    kind: 'record',
    subject: subjectOf(meeting.id),
    label: labelOf(meeting),
    title,
    status,
    summary: `${labelOf(meeting)} ${title}. ${status}.`,
    facts: [...drawn.flatMap(({ facts = [] }) => facts), { label: 'Status', text: status }],
    footer: [...drawn.flatMap(({ footer = [] }) => footer), `${seenLine('', looking.partners)}.`],
    buttons: drawn.flatMap(({ buttons = [] }) => buttons),
  };
};

export const meetingKind: SubjectKind = {
  async present(id, read, audience) {
    const meeting = await getMeeting(read.db, id, audience);
    return meeting && meetingCard(meeting, read, audience);
  },
  async about(id, read, audience) {
    const meeting = await getMeeting(read.db, id, audience);
    return meeting && { committee: meeting.committee };
  },
};
