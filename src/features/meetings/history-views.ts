import { groupedVerbs } from '../../core/entries/happenings.js';

/** What the history of a meeting keeps, in words. */
const verbWords: Readonly<Record<string, string>> = {
  scheduled: 'Scheduled',
  'led-to': 'Recorded in the meeting',
};

export const meetingVerbs = groupedVerbs(verbWords, { scheduled: 'new' });
