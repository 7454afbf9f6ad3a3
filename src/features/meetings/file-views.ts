/* How a meeting comes into somebody's own calendar. */
import { HOW_TO_ADD, UNREACHABLE } from '../../core/calendar/adding.js';
import { writeCalendar } from '../../core/calendar/ics.js';
import type { Audience, Committee, Read } from '../../core/context.js';
import { momentOf } from '../../core/days.js';
import type { Waiting } from '../../core/feature.js';
import type { Day } from '../../core/ids.js';
import { describeRule } from '../../core/recurrence.js';
import {
  type Button,
  type FileView,
  type NoticeView,
  notice,
  type Subject,
  secretNotice,
  type View,
} from '../../core/view.js';
import { seriesEvents } from './event-store.js';
import { type EventFile, fileName } from './file-rules.js';
import { getFile } from './file-store.js';
import type { Series } from './rules.js';
import { findSeries } from './store.js';
import { fileSubject, type SubjectKind, seriesSubject } from './views.js';

/** For the card of a meeting, by its subject. */
export const inviteButton = (subject: Subject): Button => ({
  id: 'meetings.invite',
  label: 'Add to my calendar',
  subject,
});

interface Ways {
  readonly committee: Committee;
  readonly subject: Subject;
  /** None where calendars cannot reach Entente. */
  readonly address?: string;
}

/** Both ways of having a meeting in one's own calendar. */
export const waysNotice = ({ committee: { key }, subject, address }: Ways): NoticeView => {
  const file: Button = { id: 'meetings.invite-file', label: 'Send me the file', subject };
  const sent = `a file with the meetings of the ${key}. You get a new one when one of them is moved or cancelled.`;
  if (address === undefined) return notice(`${UNREACHABLE}\n\nMeanwhile there is ${sent}`, [file]);
  return secretNotice(
    [
      `Best: add this address to your calendar. All your meetings are in it, and it follows what is moved or cancelled:\n\n${address}\n\n${HOW_TO_ADD}\n\n`,
      `Keep the address to yourself; 'entente calendar' shows it again, and ends it. Or else: ${sent}`,
    ],
    [file],
  );
};

export const onItsWay: NoticeView = notice(
  'The file is on its way to your direct messages. Open it, or import it into your calendar.',
);

const declined: NoticeView = notice('You declined this file. Press Add to my calendar when you want one.');
const over: NoticeView = notice('These meetings are over, and there is nothing to add to a calendar any more.');

const fileText = (key: string, cancelled: boolean): string =>
  cancelled
    ? `The meetings of the ${key} are cancelled. Open the file, or import it, to take them out of your calendar.`
    : `Open the file, or import it into your calendar. If you have one from before, this one takes its place.`;

/** The file as the series is now, to whoever asked for it. */
const fileCard = async (file: EventFile, read: Read, audience: Audience): Promise<View> => {
  if (file.state === 'declined') return declined;
  const series = await findSeries(read.db, file.series);
  const committee = series && (await read.directory.committee(series.committee));
  const events = series ? await seriesEvents(series, read, audience) : [];
  if (!committee || events.length === 0) return over;
  const cancelled = events.every((event) => event.cancelled);
  const name = await read.directory.allianceName(audience.alliance);
  const text = writeCalendar({ name, events, ...(cancelled && { cancels: true }) });
  const view: FileView = {
    kind: 'file',
    subject: fileSubject(file.id),
    title: `${committee.key} for your calendar`,
    text: fileText(committee.key, cancelled),
    file: {
      name: fileName(committee.key),
      type: 'text/calendar',
      accept: 'meetings.take-file',
      decline: 'meetings.leave-file',
      ...(file.place !== undefined && { place: file.place }),
      async *bytes() {
        yield Buffer.from(text);
      },
    },
  };
  return view;
};

export const fileKind: SubjectKind = {
  async present(id, read, audience) {
    const file = await getFile(read.db, id, audience);
    return file && fileCard(file, read, audience);
  },
  async about(id, read, audience) {
    const file = await getFile(read.db, id, audience);
    return file && { partner: file.partner };
  },
};

export const seriesKind: SubjectKind = {
  async about(id, read, audience) {
    const series = await findSeries(read.db, id);
    return series?.alliance === audience.alliance ? { committee: series.committee } : undefined;
  },
};

/** A series that somebody has not in their calendar yet, told of once. */
export const newSeriesItem = (series: Series, committee: Committee, on: Day): Waiting => {
  const { startsAt, zone, minutes, rule, place } = series;
  const subject = seriesSubject(series.id);
  const repeats = describeRule(series);
  return {
    title: `New ${rule === undefined ? 'meeting' : 'meetings'}: ${committee.key}`,
    text: [
      ...(rule === undefined ? [] : ['First ']),
      { moment: momentOf(startsAt, zone), zone },
      `, ${minutes} minutes${place === undefined ? '' : `, ${place}`}${repeats === undefined ? '.' : `, and again ${repeats}.`}`,
    ],
    subject,
    remind: { on: [on] },
    buttons: [inviteButton(subject)],
  };
};
