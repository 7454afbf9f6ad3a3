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
  'item-proposed': 'Item proposed',
  'item-added': 'Item added',
  'item-accepted': 'Item accepted',
  'item-declined': 'Item declined',
  'item-changed': 'Item changed',
  'item-moved': 'Agenda put in another order',
  'item-removed': 'Item removed',
  'item-put-back': 'Item put back',
  'items-carried': 'Unfinished items carried on',
  'items-taken': 'Unfinished items taken over',
  'paper-added': 'Paper added',
  'guest-invited': 'Guest invited',
  'guest-uninvited': 'Guest not invited any more',
  kept: 'Takes place as planned',
};

export const meetingVerbs = groupedVerbs(verbWords, { scheduled: 'new' });
