import type { Absence, Partner, Somebody } from '../../core/context.js';
import { spellDay } from '../../core/days.js';
import type { Day, PersonId } from '../../core/ids.js';
import { audienceLine, nameIn } from '../../core/sentences.js';
import type { Button, FormView, ListView, NoticeView, Subject, Text } from '../../core/view.js';
import { spellSpan } from './rules.js';
import { subjectOf } from './store.js';

/** In a choice: no cover. */
export const NOBODY = 'nobody';

/** Whose absence it is, as sentences call them. */
export interface Whose extends Somebody {
  readonly own: boolean;
}

type Called = Pick<Whose, 'own' | 'name'>;

const is = ({ own, name }: Called): string => (own ? 'You are' : `${name} is`);

const spanText = (who: Called, { fromOn, untilOn }: Absence, today: Day): Text =>
  fromOn <= today
    ? [`${is(who)} out until `, { day: untilOn }, ', that day included.']
    : [`${is(who)} out from `, { day: fromOn }, ' to ', { day: untilOn }, '.'];

const undo = (subject: Subject): Button => ({ id: 'calendar.undo', label: 'Undo', subject });

/** What was set, and who looks after what waits meanwhile, one tap each. */
export const outNotice = (
  who: Whose,
  absence: Absence,
  { today, covers, cover }: { readonly today: Day; readonly covers: readonly Somebody[]; readonly cover?: string },
): NoticeView => {
  const subject = subjectOf(who.id);
  const text = [...spanText(who, absence, today), ' No daily message comes meanwhile.'];
  if (cover !== undefined)
    return { kind: 'notice', text: [...text, ` ${cover} gets what waits.`], buttons: [undo(subject)] };
  if (covers.length === 0)
    return {
      kind: 'notice',
      text: [...text, " Nobody gets what waits; to name somebody, say it again with 'covered by @name'."],
      buttons: [undo(subject)],
    };
  const offered = covers.map(
    ({ id, name }): Button => ({
      id: 'calendar.cover',
      label: name,
      subject,
      carry: { from: absence.fromOn, cover: id },
    }),
  );
  const none: Button = {
    id: 'calendar.cover',
    label: 'No cover',
    subject,
    carry: { from: absence.fromOn, cover: NOBODY },
  };
  return {
    kind: 'notice',
    text: [...text, ' Who gets what waits?'],
    buttons: [...offered, none, undo(subject)],
  };
};

export const coverNotice = (who: Whose, absence: Absence, cover: string | undefined): NoticeView => ({
  kind: 'notice',
  text: [
    cover === undefined
      ? `Nobody gets what waits for ${who.own ? 'you' : who.name} until `
      : `${cover} gets what waits for ${who.own ? 'you' : who.name} until `,
    { day: absence.untilOn },
    '.',
  ],
  buttons: [undo(subjectOf(who.id))],
});

export const backNotice = (who: Whose, ended: boolean): NoticeView => ({
  kind: 'notice',
  text: ended
    ? `${is(who)} back. What waits comes to ${who.own ? 'you' : 'them'} again.`
    : `Taken back. ${is(who)} not out then.`,
  buttons: [undo(subjectOf(who.id))],
});

const addButton: Button = { id: 'calendar.form', label: 'Say another time', opensWindow: true };

/** When somebody is out, now and later. */
export const absencesView = (
  who: Whose,
  absences: readonly Absence[],
  names: ReadonlyMap<PersonId, string>,
  today: Day,
): ListView => ({
  kind: 'list',
  title: who.own ? 'When you are out' : `When ${who.name} is out`,
  items: absences.map((absence) => ({
    title: spellSpan(absence),
    text: absence.cover ? `${nameIn(names, absence.cover)} gets what waits.` : 'Nobody gets what waits.',
    buttons: [
      {
        id: 'calendar.back',
        label: absence.fromOn > today ? 'Take back' : who.own ? 'I am back' : 'Is back',
        subject: subjectOf(who.id),
        carry: { from: absence.fromOn },
      },
    ],
  })),
  empty: 'At no time that Entente knows of.',
  buttons: [addButton],
});

const dayField = (name: string, label: string, hint: string, required?: true): FormView['fields'][number] => ({
  ...{ kind: 'text', lines: 'one', max: 60, name, label, hint },
  ...(required && { required }),
});

const choiceOf = (
  name: string,
  label: string,
  people: readonly Somebody[],
  value: string,
): FormView['fields'][number] => ({
  ...{ kind: 'choice', name, label, value },
  options: people.map(({ id, name: text }) => ({ value: id, label: text })),
});

export const outForm = (
  own: Partner,
  me: Somebody,
  { people, others }: { readonly people: readonly Somebody[]; readonly others: boolean },
): FormView => ({
  kind: 'form',
  id: 'calendar.set',
  title: 'Out',
  submit: 'Save',
  audience: audienceLine(own.id, [own]),
  private: true,
  fields: [
    ...(others ? [choiceOf('person', 'Who', [me, ...people.filter(({ id }) => id !== me.id)], me.id)] : []),
    dayField('from', 'First day', 'Today if empty; 1 June, next Monday'),
    dayField('until', 'Last day', '3 June, Friday', true),
    choiceOf('cover', 'Who gets what waits meanwhile', [{ id: NOBODY as PersonId, name: 'Nobody' }, ...people], NOBODY),
  ],
});

const MOST_SHOWN = 40;

/** A company's coming days; whoever runs the alliance for it takes them back here. */
export const holidaysView = (
  { name }: Partner,
  coming: readonly (readonly [Day, string])[],
  subject: Subject | undefined,
): ListView => ({
  kind: 'list',
  title: `Holidays of ${name}`,
  intro: `On weekends and on these days nobody of ${name} is reminded of anything.`,
  items: coming.slice(0, MOST_SHOWN).map(([day, title]) => ({
    title: spellDay(day),
    text: title,
    ...(subject && { buttons: [{ id: 'calendar.remove', label: 'Remove', subject, carry: { on: day } }] }),
  })),
  empty: subject
    ? "None yet. Say 'holidays 25 Dec Christmas, 1 Jan New Year', or 'holidays 24 Dec to 2 Jan Company closed'."
    : `None yet. The alliance professional of ${name} says them: 'holidays 25 Dec, 1 Jan New Year'.`,
});

export const holidaysNotice = (text: string, subject: Subject): NoticeView => ({
  kind: 'notice',
  text,
  buttons: [undo(subject)],
});

export const muteNotice = (until: Day | undefined, zone: string): NoticeView =>
  until === undefined
    ? {
        kind: 'notice',
        text: `Your daily message comes at 09:00 (${zone}) on working days when something waits. To have a rest from it, say 'mute until 3 June'.`,
      }
    : {
        kind: 'notice',
        text: ['No daily message comes until ', { day: until }, ', that day included. Home shows what waits.'],
        buttons: [{ id: 'calendar.unmute', label: 'Unmute' }],
      };
