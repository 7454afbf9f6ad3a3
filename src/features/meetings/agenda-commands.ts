/* 'meeting agenda': the list, and what is said instead of pressed. */
import { chosenCommittee } from '../../core/acting.js';
import type { Ctx } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { Said } from '../../core/feature.js';
import { splitMentions } from '../../core/mentioned.js';
import { checkPermission } from '../../core/permission.js';
import type { View } from '../../core/view.js';
import { showAgenda } from './agenda-list-commands.js';
import { chair, checkAgendaOpen, itemAt } from './agenda-rules.js';
import { listItems } from './agenda-store.js';
import { checkShared, takeMeeting, type Verb } from './choosing-commands.js';
import { changingPermission, inviteGuest, moveItem } from './item-commands.js';
import { addSaid } from './proposing-commands.js';
import { labelOf } from './rules.js';

const show = async (said: Said, ctx: Ctx): Promise<View> => {
  const { found, said: rest } = await takeMeeting(said, ctx, ['planned', 'open', 'held', 'agreed', 'cancelled']);
  if (rest.text.trim() !== '')
    throw new Refusal(
      'arguments',
      "Entente does not understand this. Say 'meeting agenda', 'meeting agenda add for decision: ...', 'meeting agenda move 3 to 1' or 'meeting agenda invite Dr Kim to 2'.",
    );
  return showAgenda(found, ctx);
};

const MOVE = /^(?:item\s+)?(\d{1,3})\s+(?:to|before|->|→)\s*(\d{1,3})\s*$/iu;

/** 'meeting agenda move 3 to 1' */
const move = async (said: Said, ctx: Ctx): Promise<View> => {
  checkShared(ctx);
  const { found: meeting, said: rest } = await takeMeeting(said, ctx, ['planned', 'open']);
  const committee = await chosenCommittee(meeting.committee, ctx);
  checkPermission(chair, { actor: ctx.actor, committee });
  const [, from, to] = MOVE.exec(rest.text.trim()) ?? [];
  if (from === undefined || to === undefined)
    throw new Refusal('arguments', "Say which item goes where, by their numbers: 'meeting agenda move 3 to 1'.");
  checkAgendaOpen(meeting);
  const items = await listItems(ctx.db, meeting.id, ctx.place.audience);
  const item = itemAt(items, Number(from), meeting);
  itemAt(items, Number(to), meeting);
  await moveItem(item, Number(to), meeting, ctx);
  return showAgenda(meeting, ctx);
};

const TO_ITEM = /\s+(?:to|for)\s+(?:item\s+)?(\d{1,3})\s*$/iu;

/** 'Dr Kim (Kim Consulting)' */
const NAME = /^([^(]*?)\s*(?:\(([^()]*)\))?\s*$/u;

/** 'meeting agenda invite @Mei to 2', 'meeting agenda invite Dr Kim (Kim Consulting) to 2' */
const invite = async (said: Said, ctx: Ctx): Promise<View> => {
  checkShared(ctx);
  const { found: meeting, said: rest } = await takeMeeting(said, ctx, ['planned', 'open']);
  const [, place] = TO_ITEM.exec(rest.text) ?? [];
  if (place === undefined)
    throw new Refusal(
      'arguments',
      `Guests are invited to one item of ${labelOf(meeting)}. Say its number: 'meeting agenda invite Dr Kim (Kim Consulting) to 2'.`,
    );
  const item = itemAt(await listItems(ctx.db, meeting.id, ctx.place.audience), Number(place), meeting);
  const committee = await chosenCommittee(meeting.committee, ctx);
  const names = await ctx.directory.names([item.owner]);
  const about = { author: item.proposedBy, owner: { id: item.owner, name: names.get(item.owner) ?? 'its owner' } };
  checkPermission(changingPermission, { actor: ctx.actor, committee, about });
  const pieces = splitMentions({ text: rest.text.replace(TO_ITEM, ''), people: rest.people });
  const mentioned = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece]));
  const [person, ...others] = mentioned;
  if (others.length > 0) throw new Refusal('two-guests', 'Invite one person at a time.');
  if (person?.id) return inviteGuest(item, { person: person.id }, meeting, ctx);
  const text = person ? person.name : pieces.join('').replace(/^\s*@/u, '').trim();
  const [, name = text, company = ''] = NAME.exec(text) ?? [];
  return inviteGuest(item, { name, company }, meeting, ctx);
};

const words: Readonly<Record<string, Verb['run']>> = { add: addSaid, propose: addSaid, move, invite };

export const agendaVerb: Verb = {
  word: 'agenda',
  usage:
    'agenda [M-9 or committee]; agenda add for decision: [question] @owner 20 min [link] 12 pages; agenda move 3 to 1; agenda invite [guest] to 2',
  run: async ({ text, people }, ctx) => {
    const [, first = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
    const word = words[first.toLowerCase()];
    return word ? word({ text: rest, people }, ctx) : show({ text, people }, ctx);
  },
};
