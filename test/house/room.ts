import { randomUUID } from 'node:crypto';
import type { Role } from '../../src/core/context.js';
import { saveSeat } from '../../src/core/directory/seats.js';
import type { Answer } from '../../src/core/platform.js';
import type { Button, RecordView, Text, View } from '../../src/core/view.js';
import { meetingTables } from '../../src/features/meetings/tables.js';
import type { House, Who } from './house.js';
import { idOf, jscOf } from './meetings.js';

const spans = (text: Text): string =>
  typeof text === 'string' ? text : text.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('');

/** What a private answer says. */
export const textOf = ({ view }: Answer): string =>
  view.kind === 'notice' ? [view.title, spans(view.text)].filter(Boolean).join('\n') : view.kind;

/** Facts of a card by their labels. */
export const factsIn = (view: View): Readonly<Record<string, string>> => {
  if (view.kind !== 'record') throw new Error(`no card: ${JSON.stringify(view)}`);
  return Object.fromEntries(view.facts.map(({ label, text }) => [label, spans(text)]));
};

const buttonsIn = (view: View): readonly Button[] => {
  if (view.kind === 'list') return [...view.items.flatMap(({ buttons = [] }) => buttons), ...(view.buttons ?? [])];
  return view.kind === 'record' || view.kind === 'notice' ? (view.buttons ?? []) : [];
};

export const labelsIn = (view: View): readonly string[] => buttonsIn(view).map(({ label }) => label);

/** The card of a meeting as somebody sees it now. */
export const cardFor = async (house: House, who: Who, label = 'M-1'): Promise<RecordView> => {
  const { view } = await house.say(who, `meeting show ${label}`);
  if (view.kind !== 'record') throw new Error(`no card: ${JSON.stringify(view)}`);
  return view;
};

/** Presses what stands on a view under a label, with what else a form was filled with. */
export const pressOn = (
  house: House,
  who: Who,
  view: View,
  label: string,
  values: Record<string, string> = {},
): Promise<Answer> => {
  const button = buttonsIn(view).find((one) => one.label === label);
  if (!button) throw new Error(`no button ${label} among ${labelsIn(view).join(', ')}`);
  return house.press(who, {
    interaction: button.id,
    ...(button.subject && { subject: button.subject }),
    values: { ...button.carry, ...values },
  });
};

/** Submits a form as it is filled in, but for what is given. */
export const submit = (house: House, who: Who, { view }: Answer, values: Record<string, string> = {}) => {
  if (view.kind !== 'form') throw new Error(`no form: ${JSON.stringify(view)}`);
  const filled = Object.fromEntries(view.fields.flatMap(({ name, value }) => (value ? [[name, value]] : [])));
  return house.press(who, {
    interaction: view.id,
    ...(view.subject && { subject: view.subject }),
    values: { ...view.carry, ...filled, ...values },
  });
};

/** Gives one of the demo alliance's people another seat on the JSC. */
export const reseat = async (house: House, name: string, role: Role, standsFor?: string): Promise<void> => {
  const { committee, seats } = await jscOf(house);
  const seat = seats.find(({ personName }) => personName === name);
  if (!seat) throw new Error(`${name} has no seat`);
  const other = standsFor === undefined ? undefined : await idOf(house, standsFor);
  const { person, partner } = seat;
  await house.store.write(
    (tx) => saveSeat(tx, { committee: committee.id, person, partner, role, ...(other && { standsFor: other }) }),
    { scope: house.alliance },
  );
};

/** Somebody invited to one item. */
export const inviteGuest = (house: House, item: string, name: string): Promise<void> =>
  house.store.write(
    async (tx) => {
      const { guests } = meetingTables(tx);
      await tx.insert(guests).values({ id: randomUUID(), itemId: item, name, invitedBy: 'p', invitedFor: 'c' });
    },
    { scope: house.alliance },
  );
