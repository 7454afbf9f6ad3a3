/* The question whether a meeting is over, told to those who run it. */
import type { Committee } from '../../core/context.js';
import type { Button, NoticeView, Text } from '../../core/view.js';
import { endsAt, labelOf, type Meeting } from './rules.js';
import { subjectOf, unclosedSubject } from './views.js';

export interface Unclosed {
  readonly meeting: Meeting;
  readonly committee: Committee;
  /** When it was to begin, as of when it was asked. */
  readonly startsAt: number;
  /** Whoever said since that it is still going. */
  readonly stillGoing?: string;
}

export const closeButton = ({ id }: Pick<Meeting, 'id'>): Button => ({
  id: 'meetings.close',
  label: 'Close meeting',
  subject: subjectOf(id),
  style: 'primary',
});

const cancelButton = ({ id }: Meeting): Button => ({
  id: 'meetings.ask-cancel',
  label: 'Cancel the meeting',
  subject: subjectOf(id),
  opensWindow: true,
});

const own = (verb: 'still-going' | 'took-place', label: string, { meeting, startsAt }: Unclosed): Button => ({
  id: `meetings.${verb}`,
  label,
  subject: unclosedSubject(meeting.id, startsAt),
});

interface Said {
  readonly text: Text;
  readonly buttons?: readonly Button[];
}

const openText = (asked: Unclosed): Said => {
  const { meeting, stillGoing } = asked;
  const end = ['It was planned until ', { moment: endsAt(meeting), zone: meeting.zone }, '. '] as const;
  const then = 'Close it when it is over: the minutes are drafted from what was recorded.';
  if (stillGoing !== undefined)
    return { text: [...end, `${stillGoing} says that it is still going. ${then}`], buttons: [closeButton(meeting)] };
  return { text: [...end, then], buttons: [closeButton(meeting), own('still-going', 'Still going', asked)] };
};

const textOf = (asked: Unclosed): Said => {
  const { meeting, startsAt } = asked;
  const label = labelOf(meeting);
  if (meeting.startsAt !== startsAt)
    return { text: [`${label} was moved to `, { moment: meeting.startsAt, zone: meeting.zone }, '.'] };
  switch (meeting.status) {
    case 'open':
      return openText(asked);
    case 'planned':
      return {
        text: [
          `${label} was to begin `,
          { moment: startsAt, zone: meeting.zone },
          ', and nobody opened it. Did it take place?',
        ],
        buttons: [own('took-place', 'It took place', asked), cancelButton(meeting)],
      };
    case 'cancelled':
      return { text: `${label} is cancelled.` };
    case 'held':
    case 'agreed':
      return { text: `${label} is closed.` };
    default:
      return meeting.status satisfies never;
  }
};

export const unclosedView = (asked: Unclosed): NoticeView => {
  const { text, buttons } = textOf(asked);
  const title = `${asked.committee.key} ${labelOf(asked.meeting)}: is it over?`;
  return { kind: 'notice', title, text, ...(buttons && { buttons }) };
};
