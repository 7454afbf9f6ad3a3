/* Whatever people of both companies say, press and fill in, in any order. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Answer, Word } from '../../src/core/platform.js';
import { entryTables } from '../../src/core/tables.js';
import type { Button, Field, FormView, View } from '../../src/core/view.js';
import { type House, lanes, people, type Who } from '../house/house.js';

const who = ['ana', 'bob', 'ben', 'mei', 'zoe', 'jun'] as const satisfies readonly Who[];

const step = fc.record({
  kind: fc.constantFrom('say', 'press', 'press', 'press', 'submit', 'later'),
  who: fc.nat(50),
  what: fc.nat(1_000),
  how: fc.nat(5),
});

/** As many as make a log with a past. */
export const walked = fc.array(step, { minLength: 10, maxLength: 30, size: 'max' });

export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)];

const texts = [
  'Meet monthly in Basel',
  'Submit the protocol in May',
  'Hire a joint statistician',
  'Meet monthly in Tokyo',
];

/** What may be said: `label` is one that stands in the log by now, or none that ever will. */
const sayings = (text: string, label: string): readonly (readonly Word[])[] => [
  [`decision ${text} because it is better instead of waiting`],
  [`decision ${text}`],
  [`decision supersede ${label} ${text} anew`],
  [`decision amend ${label} ${text} besides`],
  [`action me ${text} by next Friday`],
  [`action @Ben Ito ${text} by next Friday`],
  [`action @Ana Ruiz ${text} in two weeks`],
  ['action ', { ...people.bob, name: 'Bob Brown' }, ` ${text} tomorrow`],
  ['meeting schedule JSC 23 Nov 2026 14:00 Zurich 90 min'],
  [`meeting agenda add for decision: ${text}? 10 min`],
  [`meeting agenda add for information: ${text} @Ben Ito`],
  [`meeting note ${text}`],
  ['meeting yes'],
  ['open meeting'],
  ['meeting next'],
  ['close meeting'],
  [`why ${label}`],
  [label],
  ['log'],
  ['catchup'],
];

interface Offer {
  readonly by: Who;
  readonly lane: boolean;
  readonly button?: Button;
  readonly form?: FormView;
}

export interface Walk {
  readonly house: House;
  readonly offers: Offer[];
}

const placeOf = (by: Who, lane: boolean) => (lane ? { conversation: lanes[people[by].platform] } : {});

const offersOf = (view: View): Pick<Offer, 'button' | 'form'>[] => {
  if (view.kind === 'form') return [{ form: view }];
  const inItems = view.kind === 'list' ? view.items.flatMap((item) => item.buttons ?? []) : [];
  const own = 'buttons' in view ? (view.buttons ?? []) : [];
  return [...own, ...inItems].map((button) => ({ button }));
};

const heard = ({ offers }: Walk, by: Who, lane: boolean, answer: Answer): void => {
  expect(answer.outcome).not.toBe('failed');
  for (const view of answer.card ? [answer.view, answer.card] : [answer.view])
    for (const offer of offersOf(view)) offers.push({ ...offer, by, lane });
};

/** What stands on somebody's side can be pressed by them, whether or not they may. */
const standing = ({ house }: Walk, by: Who): Button[] => {
  const platform = people[by].platform === 'slack' ? house.slack : house.teams;
  return [...platform.standing().values()].flatMap((view) => offersOf(view).flatMap(({ button }) => button ?? []));
};

const press = async (walk: Walk, by: Who, lane: boolean, button: Button): Promise<void> => {
  const { id: interaction, subject, carry: values = {} } = button;
  heard(walk, by, lane, await walk.house.press(by, { interaction, subject, values }, placeOf(by, lane)));
};

const valueFor = (field: Field, { what, how }: Step): string => {
  if (field.kind === 'choice') return pick(field.options, what)?.value ?? '';
  if (/due|day|date|review|until|on$/iu.test(field.name))
    return pick(['by Friday', 'in two weeks', '', 'nonsense'], how) ?? '';
  return how === 0 ? '' : how === 1 && field.value !== undefined ? field.value : `${pick(texts, what)} ${what}`;
};

const submit = async (walk: Walk, one: Step): Promise<void> => {
  const offer = pick(
    walk.offers.filter(({ form }) => form),
    one.what,
  );
  if (!offer?.form) return;
  const { form, by, lane } = offer;
  const values = {
    ...form.carry,
    ...Object.fromEntries(form.fields.map((field) => [field.name, valueFor(field, one)])),
  };
  const pressed = { interaction: form.id, subject: form.subject, values };
  heard(walk, by, lane, await walk.house.press(by, pressed, placeOf(by, lane)));
};

const labelFor = async ({ house }: Walk, at: number): Promise<string> => {
  const { entries } = entryTables(house.store.read);
  const rows = await house.store.read.select({ label: entries.label }).from(entries).orderBy(entries.id);
  return pick([...rows.map(({ label }) => label), 'D-99'], at) ?? 'D-99';
};

export const take = async (walk: Walk, one: Step): Promise<void> => {
  const by = pick(who, one.who) ?? 'ana';
  const lane = one.how === 5;
  switch (one.kind) {
    case 'say': {
      const words = pick(sayings(pick(texts, one.how) ?? '', await labelFor(walk, one.what >> 4)), one.what) ?? [];
      return heard(walk, by, lane, await walk.house.say(by, words, placeOf(by, lane)));
    }
    case 'press': {
      const theirs = walk.offers.filter((offer) => offer.by === by).flatMap(({ button }) => button ?? []);
      const button = pick(one.how < 2 ? theirs : standing(walk, by), one.what);
      return button && press(walk, by, lane, button);
    }
    case 'submit':
      return submit(walk, one);
    case 'later':
      walk.house.clock.at += (one.how + 1) * 60_000;
      return walk.house.settle();
    default:
      return one.kind satisfies never;
  }
};
