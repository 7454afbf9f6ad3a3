/* What people do to a log that they know well: most of it may be done, so records have a long past in a few steps. */
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { directoryTables } from '../../src/core/directory/tables.js';
import type { Word } from '../../src/core/platform.js';
import { entryTables, historyTables } from '../../src/core/tables.js';
import { actionTables } from '../../src/features/actions/tables.js';
import { decisionTables } from '../../src/features/decisions/tables.js';
import { type House, lanes, people, type Who } from '../house/house.js';
import { doToMeetings, ring } from './meeting-deeds.js';

/** Everybody who has a seat with a vote, of both companies. */
const voters = ['ana', 'ben', 'bob', 'mei'] as const satisfies readonly Who[];

/** As often as all else. */
const meetingKinds = Array.from({ length: 9 }, () => 'meeting' as const);

const deed = fc.record({
  kind: fc.constantFrom('say', 'decision', 'decision', 'action', 'owned', 'undo', 'later', ...meetingKinds),
  who: fc.nat(3),
  which: fc.nat(3),
  what: fc.nat(100),
  how: fc.nat(7),
});

export type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

export const deeds = fc.array(deed, { minLength: 40, maxLength: 90, size: 'max' });

const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)];

const texts = ['Meet monthly in Basel', 'Submit the protocol in May', 'Hire a statistician', '=SUM("Ü", \n\'x\')'];

const sayings = (text: string, label: string, seconds: string): readonly (readonly Word[])[] => [
  [`decision ${text} ${seconds} because it is better instead of waiting, review on 1 June 2027`],
  [`decision ${text} ${seconds}`],
  [`decision supersede ${label} ${text} anew ${seconds}`],
  [`decision amend ${label} ${text} besides ${seconds}`],
  [`action me send the ${seconds} minutes to all by next Friday`],
  [`action @Ben Ito send paper ${seconds} to the sites by next Friday`],
  [`action @Ana Ruiz send paper ${seconds} to the sites in two weeks`],
];

/** Presses and filled in forms of a decision. */
const decided = (revision: string, reviewOn: string, text: string) =>
  [
    ['confirm', { revision }],
    ['confirm', { revision }],
    ['confirm', { revision }],
    ['revise', { revision, reason: `because of ${text}`, text: `${text}, reworded` }],
    ['dispute', { reason: `${text} is late` }],
    ['dispute', { reason: text }],
    ['take-back', {}],
    ['withdraw', {}],
    ['undo-withdraw', {}],
    ['undo-confirm', {}],
    ['undo-record', {}],
    ['still-right', reviewOn ? { on: reviewOn } : {}],
    ['revisit', reviewOn ? { on: reviewOn } : {}],
    ['review-on', { review: '1 March 2028' }],
    ['undo-review', {}],
    ['replace', { how: 'supersedes', text: `${text} instead`, kind: 'finance', meeting: 'JSC 11 Dec' }],
    ['replace', { how: 'amends', text: `${text} besides`, kind: 'people', review: '1 May 2027' }],
  ] as const;

const acted = (due: string, owner: string, text: string) =>
  [
    ['accept', { due }],
    ['decline', { reason: text }],
    ['date', { due: 'in three weeks' }],
    ['date', { due: 'in two months' }],
    ['done', {}],
    ['block', { reason: text }],
    ['unblock', {}],
    ['drop', { reason: text }],
    ['hand-over', { owner }],
    ['undo-accept', {}],
    ['undo-done', {}],
    ['undo-drop', {}],
    ['undo-record', {}],
  ] as const;

const companyOf = async ({ store }: House, id: string): Promise<'slack' | 'teams' | undefined> => {
  const { entries } = entryTables(store.read);
  const [row] = await store.read.select().from(entries).where(eq(entries.subjectId, id));
  if (!row?.visibility) return undefined;
  const rows = await store.read.select().from(entries).where(eq(entries.visibility, row.visibility));
  return rows[0] && ((await isAcme(store, row.visibility)) ? 'slack' : 'teams');
};

const isAcme = async (store: House['store'], partner: string): Promise<boolean> => {
  const { partners } = directoryTables(store.read);
  const [row] = await store.read.select().from(partners).where(eq(partners.id, partner));
  return row?.name === 'Acme Bio';
};

const whoIs = async ({ store }: House, person: string): Promise<Who | undefined> => {
  const { identities } = directoryTables(store.read);
  const rows = await store.read.select().from(identities).where(eq(identities.personId, person));
  return voters.find((who) => rows.some(({ user }) => user === people[who].user));
};

/** Where a record is read: in its company's lane by its own people, else in the channel. */
const placed = async (house: House, id: string, one: Deed, person?: string) => {
  const side = await companyOf(house, id);
  const able = voters.filter((who) => side === undefined || people[who].platform === side);
  const by = (person && (await whoIs(house, person))) || (pick(able, one.who) ?? 'ana');
  return { by, more: side === undefined ? {} : { conversation: lanes[side] } };
};

const press = async (
  house: House,
  one: Deed,
  feature: string,
  id: string,
  [verb, values]: readonly [string, object],
  person?: string,
): Promise<void> => {
  const { by, more } = await placed(house, id, one, person);
  const pressed = { interaction: `${feature}.${verb}` as const, subject: { feature, id }, values: { ...values } };
  expect((await house.press(by, pressed as never, more)).outcome).not.toBe('failed');
};

const onDecision = async (house: House, one: Deed): Promise<void> => {
  const { decisions } = decisionTables(house.store.read);
  const rows = await house.store.read.select().from(decisions).orderBy(decisions.recordedAt, decisions.id);
  const row = pick([...rows].reverse(), one.which);
  if (!row) return;
  const choice = pick(decided(String(row.revision), row.reviewOn ?? '', pick(texts, one.how) ?? ''), one.what);
  if (choice) await press(house, one, 'decisions', row.id, choice);
};

const onAction = async (house: House, one: Deed): Promise<void> => {
  const { actions } = actionTables(house.store.read);
  const rows = await house.store.read.select().from(actions).orderBy(actions.recordedAt, actions.id);
  const row = pick([...rows].reverse(), one.which);
  if (!row) return;
  const other = pick(rows, one.how)?.recordedBy ?? row.recordedBy;
  const choice = pick(acted(row.dueOn, other, pick(texts, one.how) ?? ''), one.what);
  const owner = one.kind === 'owned' ? row.ownerId : undefined;
  if (choice) await press(house, one, 'actions', row.id, choice, owner);
};

const undos: Readonly<Record<string, string>> = {
  ...{ 'decisions recorded': 'undo-record', 'decisions confirmed': 'undo-confirm', 'decisions agreed': 'undo-confirm' },
  ...{
    'decisions withdrawn': 'undo-withdraw',
    'decisions superseded': 'undo-confirm',
    'decisions disputed': 'take-back',
  },
  ...{
    'decisions still-right': 'undo-review',
    'decisions revisit': 'undo-review',
    'decisions review-set': 'undo-review',
  },
  ...{ 'actions accept': 'undo-accept', 'actions done': 'undo-done', 'actions drop': 'undo-drop' },
};

/** Whoever did something lately takes it back. */
const undo = async (house: House, one: Deed): Promise<void> => {
  const { history } = historyTables(house.store.read);
  const rows = await house.store.read.select().from(history).orderBy(history.at, history.seq);
  const row = pick([...rows].reverse(), one.which);
  const verb = row && undos[`${row.feature} ${row.verb}`];
  if (row && verb) await press(house, one, row.feature, row.subjectId, [verb, {}], row.personId ?? undefined);
};

/** Nobody does anything that fails; what is refused leaves everything as it was. */
export const perform = async (house: House, one: Deed): Promise<void> => {
  if (one.kind === 'later') {
    house.clock.at += one.how === 0 ? 10 * 86_400_000 : (one.how + 1) * 60_000;
    return ring(house);
  }
  if (one.kind === 'meeting') return doToMeetings(house, one);
  if (one.kind === 'decision') return onDecision(house, one);
  if (one.kind === 'action' || one.kind === 'owned') return onAction(house, one);
  if (one.kind === 'undo') return undo(house, one);
  const by = pick(voters, one.who) ?? 'ana';
  const more = one.how > 4 ? { conversation: lanes[people[by].platform] } : {};
  const { entries } = entryTables(house.store.read);
  const labels = await house.store.read.select({ label: entries.label }).from(entries).orderBy(entries.id);
  const label = pick([...labels].reverse(), one.which)?.label ?? 'D-1';
  house.clock.at += 1_000;
  const said = pick(sayings(pick(texts, one.how) ?? '', label, String(house.clock.at % 1_000_000)), one.what) ?? [];
  const quote =
    one.how === 2 ? { link: 'https://acme.slack.com/archives/C1/p1', saidAt: house.clock.at - 5_000 } : undefined;
  expect((await house.say(by, said, { ...more, ...(quote && { quote: { text: '', ...quote } }) })).outcome).not.toBe(
    'failed',
  );
};
