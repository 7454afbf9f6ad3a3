import type { Day, Instant, Zone } from '../../core/ids.js';
import type { Span, Text } from '../../core/view.js';
import { clean, cut, escapeMarkdown, isolate } from './markup.js';

export const spansOf = (text: Text): readonly Span[] => (typeof text === 'string' ? [text] : text);

const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const moments = new Map<Zone, Intl.DateTimeFormat>();

const showDay = (day: Day): string => {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : days.format(at);
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

/** For cards. People are named, not mentioned: nothing that Entente writes pings anybody. */
export const cardText = (text: Text, most: number): string => {
  const written: string[] = [];
  let left = most;
  for (const span of spansOf(text)) {
    if (left <= 0) break;
    const plain = plainSpan(span);
    const moment = typeof span === 'object' && 'moment' in span;
    written.push(moment ? readersMoment(span.moment) : escapeMarkdown(cut(plain, left)));
    left -= plain.length;
  }
  return written.join('');
};

/** One line: a heading or a label. */
export const cardLine = (text: string, most: number): string =>
  escapeMarkdown(cut(clean(text).replace(/\s*\n\s*/g, ' '), most));

/** One line where Markdown is not read: a button, a choice, a label of a field. */
export const plainLine = (text: string, most: number): string =>
  cut(isolate(clean(text)).replace(/\s*\n\s*/g, ' '), most);
