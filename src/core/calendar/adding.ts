/* How somebody adds their address to a calendar, in words. Pure. */

/** Where Entente has no address of its own. */
export const UNREACHABLE =
  'Calendars cannot reach Entente: whoever runs it has not said where (PUBLIC_URL). Ask them to.';

export const HOW_TO_ADD = [
  'Google Calendar, on a computer: Other calendars, +, From URL. It may look for changes only a few times a day.',
  'Outlook: Calendar, Add calendar, Subscribe from web.',
  'Apple: File, New Calendar Subscription; on an iPhone Calendars, Add Calendar, Add Subscription Calendar.',
].join('\n');
