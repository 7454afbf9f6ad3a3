import { HOW_TO_ADD } from '../../core/calendar/adding.js';
import { type Button, type NoticeView, notice, secretNotice } from '../../core/view.js';

const renew: Button = { id: 'calendar.renew-address', label: 'New address' };
const stop: Button = { id: 'calendar.stop-address', label: 'Stop' };

export interface Address {
  readonly url: string;
  readonly alliance: string;
  /** It took the place of another one just now. */
  readonly fresh?: true;
}

export const addressNotice = ({ url, alliance, fresh }: Address): NoticeView =>
  secretNotice(
    [
      ...(fresh
        ? ['This is your new address; the one before has stopped working. Add this one to your calendar.\n\n']
        : []),
      `Your meetings in ${alliance}, kept up to date in your own calendar. Add this address to it:\n\n${url}\n\n${HOW_TO_ADD}\n\n`,
      'Whoever has the address can read your meetings and their agendas. Keep it to yourself.',
    ],
    [renew, stop],
  );

export const stoppedNotice = (was: boolean): NoticeView =>
  notice(
    was
      ? 'Stopped. Your address works no more, and calendars that have it will show nothing new. Remove it there.'
      : 'You have no address that works. Nothing has changed.',
    [{ ...renew, label: 'New address' }],
  );
