import { dayText } from '../../core/days.js';
import type { Day, Instant, Zone } from '../../core/ids.js';
import type { Span, Text } from '../../core/view.js';
import { clean, cut, escapeMarkdown, isolate } from './markup.js';

export const spansOf = (text: Text): readonly Span[] => (typeof text === 'string' ? [text] : text);

const moments = new Map<Zone, Intl.DateTimeFormat>();

const showDay = (day: Day): string => {
  return Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? day : dayText(day);
};

const showMoment = (at: Instant, zone: Zone): string => {
  const format =
    moments.get(zone) ?? new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  moments.set(zone, format);
  return `${format.format(at)} ${zone}`;
};

/** Teams puts the reader's own time in place of these, but cannot name the reader's zone. */
const readersMoment = (at: Instant): string => {
  const iso = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  return `{{DATE(${iso},SHORT)}} {{TIME(${iso})}} (your\u00a0time)`;
};

const plainSpan = (span: Span): string => {
  if (typeof span === 'string') return span;
  if ('mention' in span) return span.name;
  if ('moment' in span) return showMoment(span.moment, span.zone);
  return showDay(span.day);
};

/** For places that know neither Markdown nor the reader's zone: notifications, dialogs' messages. */
export const plainText = (text: Text, most: number): string =>
  cut(isolate(clean(spansOf(text).map(plainSpan).join(''))), most);

/** Stands for a moment until the words around it are escaped; nobody types it, and it is taken out of what is typed. */
const MOMENT = '\uE000';

/** For cards. People are named, not mentioned: nothing that Entente writes pings anybody. */
export const cardText = (text: Text, most: number): string => {
  const instants: Instant[] = [];
  let written = '';
  for (const span of spansOf(text)) {
    const left = most - written.length;
    if (left <= 0) break;
    if (typeof span === 'object' && 'moment' in span) {
      instants.push(span.moment);
      written += MOMENT;
    } else written += cut(plainSpan(span).replaceAll(MOMENT, ''), left);
  }
  // As a whole: a line may go on from one span into the next.
  const next = instants.values();
  return escapeMarkdown(written).replaceAll(MOMENT, () => readersMoment(next.next().value ?? 0));
};

/** Without marks that would end a link or begin anything else. */
const MESSAGE = /^https:\/\/teams\.microsoft\.com\/l\/message\/[\w.~%/?&=+:@,;-]+$/;

/** The address of a message, which Teams opens when it is tapped and which nobody wants to read; of nothing else. */
export const messageLink = (text: Text): string | undefined =>
  typeof text === 'string' && text.length <= 1_000 && MESSAGE.test(text) ? `[A message in Teams](${text})` : undefined;

/** One line: a heading or a label. */
export const cardLine = (text: string, most: number): string =>
  escapeMarkdown(cut(clean(text).replace(/\s*\n\s*/g, ' '), most));

/** One line where Markdown is not read: a button, a choice, a label of a field. */
export const plainLine = (text: string, most: number): string =>
  cut(isolate(clean(text)).replace(/\s*\n\s*/g, ' '), most);
