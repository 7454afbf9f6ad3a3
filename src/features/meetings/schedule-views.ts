/* Forms and private answers of whoever plans meetings. */
import type { Committee, Partner } from '../../core/context.js';
import { dayOf, dayText, wallTimeOf } from '../../core/days.js';
import type { Zone } from '../../core/ids.js';
import { openButton } from '../../core/opening.js';
import { audienceLine } from '../../core/sentences.js';
import type { Button, Field, FormView, ListItem, ListView, NoticeView, Span } from '../../core/view.js';
import { notice } from '../../core/view.js';
import { labelOf, type Meeting } from './rules.js';
import { subjectOf } from './views.js';

export const textLimits = { day: 60, time: 20, zone: 60, length: 30, repeats: 200, place: 300, reason: 500 } as const;

const line = (
  name: keyof typeof textLimits,
  label: string,
  more: { readonly hint?: string; readonly value?: string; readonly required?: boolean },
): Field => ({ kind: 'text', lines: 'one', name, label, max: textLimits[name], ...more });

const whenFields = (zone: Zone, minutes: number, more: { readonly day?: string; readonly time?: string }): Field[] => [
  line('day', 'Day', { hint: '11 Dec, or next Friday', required: true, ...(more.day && { value: more.day }) }),
  line('time', 'Time', { hint: '14:00, or 2 pm', required: true, ...(more.time && { value: more.time }) }),
  line('zone', 'Time zone', { hint: 'A city, such as Zurich or Boston', value: zone }),
  line('length', 'Length', { hint: '90 min, or 2 hours', value: `${minutes} min` }),
];

const committeeField = (committees: readonly Committee[]): Field => ({
  ...{ kind: 'choice', name: 'committee', label: 'Committee', required: true },
  options: committees.map(({ id, key, name }) => ({ value: id, label: `${key}, ${name}` })),
});

export const USUAL_MINUTES = 60;

export const scheduleForm = (committees: readonly Committee[], partners: readonly Partner[], zone: Zone): FormView => {
  const [only, ...others] = committees;
  return {
    ...{ kind: 'form', id: 'meetings.schedule', title: 'Schedule a meeting', submit: 'Schedule' },
    audience: audienceLine('', partners),
    ...(only && others.length === 0 && { carry: { committee: only.id } }),
    fields: [
      ...(others.length > 0 ? [committeeField(committees)] : []),
      ...whenFields(zone, USUAL_MINUTES, {}),
      line('repeats', 'Repeats', { hint: 'every quarter; second Thursday of every month until June 2027; or nothing' }),
      line('place', 'Place', { hint: 'A room, or a link' }),
    ],
  };
};

const which: Field = {
  ...{ kind: 'choice', name: 'which', label: 'Which', required: true, value: 'one' },
  options: [
    { value: 'one', label: 'Only this one' },
    { value: 'all', label: 'This and all later ones' },
  ],
};

/** `again`: of a series that has more to come. */
export const moveForm = (meeting: Meeting, partners: readonly Partner[], again: boolean): FormView => {
  const { startsAt, zone, minutes, place } = meeting;
  const before = { day: dayText(dayOf(startsAt, zone)), time: wallTimeOf(startsAt, zone).slice(-5) };
  return {
    ...{ kind: 'form', id: 'meetings.move', title: 'Move a meeting', submit: 'Move', subject: subjectOf(meeting.id) },
    audience: `${labelOf(meeting)}. ${audienceLine('', partners)}`,
    fields: [
      ...whenFields(zone, minutes, before),
      line('place', 'Place', { hint: 'A room, or a link', ...(place && { value: place }) }),
      ...(again ? [which] : []),
    ],
  };
};

export const cancelForm = (meeting: Meeting, partners: readonly Partner[], again: boolean): FormView => ({
  ...{ kind: 'form', id: 'meetings.cancel', title: 'Cancel a meeting', submit: 'Cancel the meeting' },
  ...{ subject: subjectOf(meeting.id), audience: `${labelOf(meeting)}. ${audienceLine('', partners)}` },
  fields: [line('reason', 'Because', { hint: 'Stands on its card; may be left out' }), ...(again ? [which] : [])],
});

export type Undoable = 'scheduled' | 'moved' | 'series-moved' | 'cancelled' | 'series-ended';

const undoButton = (id: string, verb: Undoable): Button => ({
  ...{ id: 'meetings.undo', label: 'Undo', subject: subjectOf(id), carry: { verb } },
});

export interface Done {
  readonly said: readonly Span[];
  readonly clashes?: readonly string[];
  readonly partners: readonly Partner[];
}

/** What was done, what speaks against it, who sees it, and for five minutes how it is taken back. */
export const doneView = (
  { said, clashes = [], partners }: Done,
  undo?: { readonly id: string; readonly verb: Undoable },
): NoticeView => {
  const against = clashes.length > 0 ? ` ${clashes.join(' ')}` : '';
  const end = `${against} ${audienceLine('', partners)}.`;
  return notice([...said, end], undo ? [undoButton(undo.id, undo.verb)] : []);
};

const changing = (id: string): readonly Button[] => [
  { id: 'meetings.ask-move', label: 'Move', subject: subjectOf(id), opensWindow: true },
  { id: 'meetings.ask-cancel', label: 'Cancel', subject: subjectOf(id), opensWindow: true },
];

export interface Listed {
  readonly meeting: Meeting;
  readonly committee: Committee;
}

/** In the reader's own zone. */
export const aheadItem = (
  { meeting, committee }: Listed,
  zone: Zone,
  mayChange: boolean,
  more: readonly Button[] = [],
): ListItem => {
  const { id, startsAt, minutes, place, status } = meeting;
  const now = status === 'open' ? 'Under way. ' : '';
  return {
    title: `${labelOf(meeting)} ${committee.key}`,
    text: [now, { moment: startsAt, zone }, `, ${minutes} minutes${place === undefined ? '' : `, ${place}`}.`],
    buttons: [openButton(subjectOf(id)), ...(mayChange && status === 'planned' ? changing(id) : []), ...more],
  };
};

export const aheadList = (items: readonly ListItem[], more: number, maySchedule: boolean): ListView => ({
  kind: 'list',
  title: 'Next meetings',
  ...(more > 0 && { intro: `The next ${items.length}; ${more} more are planned.` }),
  items,
  empty: 'No meeting is ahead.',
  ...(maySchedule && {
    buttons: [{ id: 'meetings.ask-schedule', label: 'Schedule a meeting', opensWindow: true }] as const,
  }),
});
