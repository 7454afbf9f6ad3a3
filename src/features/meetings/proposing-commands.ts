/* Putting items on an agenda: said, filled in, or taken from what other features offer. */
import { actingCommittees, chosenCommittee, noCommitteeYet } from '../../core/acting.js';
import type { Ctx, Seat } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Said } from '../../core/feature.js';
import { sameName } from '../../core/naming.js';
import { checkPermission, seated } from '../../core/permission.js';
import { audienceLine, nameIn, taken } from '../../core/sentences.js';
import type { Subject, View } from '../../core/view.js';
import { SHARED } from '../../core/visibility.js';
import { asQuestion, type ItemDraft, itemLimits, ownersAmong, settleItem } from './agenda-draft-rules.js';
import { addForm, type Choice } from './agenda-form-views.js';
import { checkAgendaOpen, checkRoomFor, type Item, kindWords, runs } from './agenda-rules.js';
import { readItem } from './agenda-spoken-rules.js';
import { findTaken, insertItem, insertPaper, listItems, nextPosition } from './agenda-store.js';
import { agendaNotice, itemButton, timeText, whatOf } from './agenda-views.js';
import { checkShared, takeMeeting } from './choosing-commands.js';
import { sourceSchema } from './item-rules.js';
import { checkCommitteeOpen, labelOf, type Meeting } from './rules.js';
import { listMeetings } from './store.js';
import { subjectOf } from './views.js';

interface From {
  /** The message that it was taken from. */
  readonly link?: string;
  /** The record that it is about. */
  readonly about?: Subject;
}

/** What those who share the agenda are told of an item in its history. */
export const itemDetail = (item: Item): Readonly<Record<string, unknown>> => ({
  ...{ item: item.id, kind: item.kind, title: item.title, minutes: item.minutes, owner: item.owner },
  ...(item.question !== undefined && { question: item.question }),
  ...(item.about && { about: item.about }),
});

const settled = async (draft: ItemDraft, meeting: Meeting, ctx: Ctx) => {
  const committee = await chosenCommittee(meeting.committee, ctx);
  checkPermission(seated, { actor: ctx.actor, committee });
  checkCommitteeOpen(committee);
  checkAgendaOpen(meeting);
  checkRoomFor(await listItems(ctx.db, meeting.id, ctx.place.audience), meeting);
  const seats = await ctx.directory.seats(committee.id);
  return { committee, ...settleItem(draft, { meeting, committee, seats }) };
};

/** Proposes an item; from those who run the committee it stands on the agenda at once. @throws Refusal */
export const proposeItem = async (draft: ItemDraft, meeting: Meeting, ctx: Ctx, from: From = {}): Promise<Item> => {
  checkShared(ctx);
  const { committee, paper, ...words } = await settled(draft, meeting, ctx);
  const { actor, now } = ctx;
  const item: Item = {
    ...{ ...words, ...from, id: ctx.newId(), committee: committee.id, meeting: meeting.id },
    position: await nextPosition(ctx.db, meeting.id),
    status: runs(actor, committee) ? 'accepted' : 'proposed',
    ...{ proposedBy: actor.person, proposedFor: actor.partner.id, proposedAt: now, spentMs: 0 },
    ...(paper && { paper: { ...paper, version: 1, person: actor.person, at: now } }),
  };
  await insertItem(ctx.db, ctx.alliance, item);
  if (item.paper) await insertPaper(ctx.db, item.id, item.paper);
  const verb = item.status === 'accepted' ? 'item-added' : 'item-proposed';
  await ctx.record(subjectOf(meeting.id), verb, { ...itemDetail(item), ...(paper && { paper }) });
  return item;
};

/** What whoever proposed it is told. */
export const proposedNotice = async (item: Item, meeting: Meeting, ctx: Ctx): Promise<View> => {
  const partners = await ctx.directory.partners(ctx.alliance);
  const names = await ctx.directory.names([item.owner]);
  const label = labelOf(meeting);
  const where =
    item.status === 'accepted'
      ? `stands on the agenda of ${label}`
      : `is proposed for ${label}, until a co-chair or an alliance professional accepts it`;
  const what = `${kindWords[item.kind].toLowerCase()}, ${nameIn(names, item.owner)}, ${timeText(item)}`;
  const text = `'${whatOf(item)}' ${where}: ${what}. ${audienceLine(SHARED, partners)}.`;
  return agendaNotice(text, meeting, [{ ...itemButton('remove-item', item), label: 'Undo' }]);
};

/** Next meetings of the committees that the actor may propose to from where they are. @throws Refusal for none */
const choicesHere = async (ctx: Ctx): Promise<readonly Choice[]> => {
  const { actor, place } = ctx;
  const own = (await actingCommittees(ctx)).filter((committee) => seated.allows({ actor, committee }));
  if (own.length === 0) checkPermission(seated, { actor, committee: place.committee });
  if (own.length === 0) throw noCommitteeYet();
  const choices: Choice[] = [];
  for (const committee of own) {
    const found = await listMeetings(ctx.db, [committee.id], ['planned', 'open']);
    const meeting = found.find(({ status }) => status === 'planned') ?? found[0];
    if (meeting) choices.push({ meeting, committee });
  }
  const [only] = own;
  if (choices.length > 0) return choices;
  const named = own.length === 1 && only ? `The ${only.key} has` : 'Your committees have';
  throw new Refusal(
    'no-meeting',
    `${named} no meeting ahead. Schedule one first: meeting schedule ${only?.key ?? 'JSC'} 11 Dec 14:00 Zurich 90 min.`,
  );
};

const LABEL = /^M-\d/iu;

/** The meeting that is named, or those that may be meant. */
const takeChoices = async (said: Said, ctx: Ctx): Promise<{ choices: readonly Choice[]; said: Said }> => {
  const first = /^\s*(\S*)/u.exec(said.text)?.[1] ?? '';
  const known = await ctx.directory.committees(ctx.alliance, 'all');
  if (!LABEL.test(first) && !known.some(({ key }) => sameName(key, first)))
    return { choices: await choicesHere(ctx), said };
  const { found: meeting, said: rest } = await takeMeeting(said, ctx, ['planned', 'open']);
  const committee = await chosenCommittee(meeting.committee, ctx);
  checkPermission(seated, { actor: ctx.actor, committee });
  return { choices: [{ meeting, committee }], said: rest };
};

const seatsOf = async (choices: readonly Choice[], ctx: Ctx): Promise<readonly Seat[]> => {
  const seats: Seat[] = [];
  for (const { committee } of choices) seats.push(...(await ctx.directory.seats(committee.id)));
  return seats;
};

/** A message as it is; what it asks is a first guess at the question. */
const readQuoted = (text: string): ItemDraft & { readonly hint?: string } => {
  const line = text.replace(/\s+/gu, ' ').trim();
  const { text: title, hint } = taken(line, itemLimits.title);
  const asks = /[?？]$/u.test(line) && [...line].length <= itemLimits.question;
  return { title, ...(hint && { hint }), ...(asks && { question: asQuestion(line) }) };
};

const withOwner = (draft: ItemDraft, seats: readonly Seat[], { actor }: Ctx): ItemDraft => {
  const sits = ownersAmong(seats).some(({ person }) => person === actor.person);
  return draft.owner === undefined && sits ? { ...draft, owner: actor.person } : draft;
};

const isWhole = ({ kind, title, owner }: ItemDraft): boolean =>
  kind !== undefined && title !== undefined && owner !== undefined;

/** The item that was made of the same message before, in words: it may be meant to stand there twice. */
const takenAs = async (choices: readonly Choice[], link: string | undefined, ctx: Ctx): Promise<string | undefined> => {
  const meetings = choices.map(({ meeting }) => meeting);
  const from = link !== undefined && { link, partner: ctx.actor.partner.id };
  const ids = meetings.map(({ id }) => id);
  const item = from ? await findTaken(ctx.db, from, ids) : undefined;
  const meeting = meetings.find(({ id }) => id === item?.meeting);
  return item && meeting && `This message is on the agenda of ${labelOf(meeting)} already: '${item.title}'`;
};

/** 'meeting agenda add ...': at once where nothing essential is missing, else with the form. */
export const addSaid = async (asked: Said, ctx: Ctx): Promise<View> => {
  checkShared(ctx);
  const { choices, said } = await takeChoices(asked, ctx);
  const seats = await seatsOf(choices, ctx);
  const quote = said.text.trim() === '' ? ctx.quote : undefined;
  const link = sourceSchema.safeParse(ctx.quote?.link).data;
  const read = quote ? readQuoted(quote.text) : readItem(said, ownersAmong(seats));
  const draft = withOwner(read, seats, ctx);
  const [only, ...others] = choices;
  if (!quote && only && others.length === 0 && isWhole(draft))
    return proposedNotice(await proposeItem(draft, only.meeting, ctx, { ...(link && { link }) }), only.meeting, ctx);
  const partners = await ctx.directory.partners(ctx.alliance);
  const taken = quote && (await takenAs(choices, link, ctx));
  return addForm({
    draft: { ...read, ...draft },
    choices,
    seats,
    partners,
    ...(link && { link }),
    ...(taken && { taken }),
  });
};

/** The form *Add to the agenda*, for one meeting. */
export const askItem = async (meeting: Meeting, ctx: Ctx): Promise<View> => {
  checkShared(ctx);
  checkAgendaOpen(meeting);
  const committee = await chosenCommittee(meeting.committee, ctx);
  const choices = [{ meeting, committee }];
  const seats = await seatsOf(choices, ctx);
  const partners = await ctx.directory.partners(ctx.alliance);
  return addForm({ draft: withOwner({}, seats, ctx), choices, seats, partners });
};
