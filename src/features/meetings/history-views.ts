import { groupedVerbs } from '../../core/entries/happenings.js';

/** What the history of a meeting keeps, in words. */
const verbWords: Readonly<Record<string, string>> = {
  scheduled: 'Scheduled',
  moved: 'Moved',
  'series-moved': 'Moved with all later ones',
  cancelled: 'Cancelled',
  'series-ended': 'Cancelled with all later ones',
  'undo-scheduled': 'Scheduling undone',
  'undo-moved': 'Moving undone',
  'undo-series-moved': 'Moving undone',
  'undo-cancelled': 'Cancelling undone',
  'undo-series-ended': 'Cancelling undone',
  'led-to': 'Recorded in the meeting',
};

export const meetingVerbs = groupedVerbs(verbWords, { scheduled: 'new' });
