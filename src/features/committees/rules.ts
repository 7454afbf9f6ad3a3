import type { Actor, Committee } from '../../core/context.js';
import { Refusal } from '../../core/errors.js';
import type { CommitteeId } from '../../core/ids.js';
import { nameText, sameName } from '../../core/naming.js';
import type { Readers } from '../../core/platform.js';
import type { ListItem } from '../../core/view.js';

export const NAME_MAX = 100;

const NO_NAME = 'Write the committee’s whole name, such as Joint Development Committee.';

export const nameSchema = nameText('A committee’s name', NAME_MAX, NO_NAME);

/** What somebody wants done about committees. */
export type Wish =
  | { readonly verb: 'list' }
  | { readonly verb: 'add'; readonly key: string; readonly name: string; readonly under?: string }
  | { readonly verb: 'rename'; readonly key: string; readonly to: string }
  /** Without `under`, to the top. */
  | { readonly verb: 'move'; readonly key: string; readonly under?: string }
  | { readonly verb: 'close'; readonly key: string }
  | { readonly verb: 'quorum'; readonly key: string; readonly quorum: number };

const unread = (sentence: string) => new Refusal('arguments', sentence);

const HOW = {
  any: "Say 'committee' for the list, or committee add, rename, move, quorum or close.",
  rename: "Say the key and the new name: 'committee rename JDC to Joint Drug Committee'.",
  move: "Say where it goes: 'committee move JDC under JSC', or 'committee move JDC to the top'.",
  close: "Say which one: 'committee close JDC'.",
  quorum: "Say how many votes of each company must be in the room: 'committee quorum JSC 2'.",
} as const;

const readAdd = (rest: string): Wish => {
  const [, said = '', under] = /^(.*?)(?:(?:^|\s)under\s+(\S+))?$/iu.exec(rest) ?? [];
  const [, key = '', name = ''] = /^(\S*)\s*(.*)$/u.exec(said.trim()) ?? [];
  return { verb: 'add', key, name, ...(under !== undefined && { under }) };
};

const readMove = (rest: string): Wish => {
  const [, key, under] = /^(\S+)\s+(?:under\s+(\S+)|to\s+(?:the\s+)?top)$/iu.exec(rest) ?? [];
  if (key === undefined) throw unread(HOW.move);
  return { verb: 'move', key, ...(under !== undefined && { under }) };
};

/** Votes of each company that must be in the room where a committee says nothing else. */
export const USUAL_QUORUM = 1;

/** More votes of one company nobody brings together. */
const QUORUM_MAX = 20;

const readQuorum = (rest: string): Wish => {
  const [, key, number] = /^(\S+)\s+(?:is\s+|to\s+)?(\d{1,9})$/iu.exec(rest) ?? [];
  if (key === undefined) throw unread(HOW.quorum);
  const quorum = Number(number);
  if (quorum < 1 || quorum > QUORUM_MAX) throw unread(`A quorum is 1 to ${QUORUM_MAX} votes of each company.`);
  return { verb: 'quorum', key, quorum };
};

/** @throws Refusal when the words cannot be understood */
export const readWish = (text: string): Wish => {
  const said = text.trim().replace(/\s+/gu, ' ');
  if (said === '') return { verb: 'list' };
  const [, verb = '', rest = ''] = /^(\S+)\s*(.*)$/u.exec(said) ?? [];
  switch (verb.toLowerCase()) {
    case 'add':
      return readAdd(rest);
    case 'rename': {
      const [, key, to] = /^(\S+) to (.+)$/iu.exec(rest) ?? [];
      if (key === undefined || to === undefined) throw unread(HOW.rename);
      return { verb: 'rename', key, to };
    }
    case 'move':
      return readMove(rest);
    case 'close':
      if (!/^\S+$/u.test(rest)) throw unread(HOW.close);
      return { verb: 'close', key: rest };
    case 'quorum':
      return readQuorum(rest);
    default:
      throw unread(HOW.any);
  }
};

/** 'rename JDC to JDEV' gives another key, 'rename JDC to Joint Drug Committee' another name. */
export const isKeyLike = (text: string): boolean => /^\p{Lu}[\p{Lu}\p{N}-]{1,11}$/u.test(text);

/** @throws Refusal when another committee of the alliance has or had the key */
export const checkKeyFree = (key: string, all: readonly Committee[], except?: CommitteeId): void => {
  const found = all.find((other) => other.id !== except && sameName(other.key, key));
  if (!found) return;
  const whose =
    found.closedAt === undefined
      ? `${found.key} is the ${found.name} already.`
      : `${found.key} was the ${found.name}, which is closed, and its record still stands under that key.`;
  throw new Refusal('key-taken', `${whose} Choose another key.`, 'key');
};

/** @throws Refusal when it would stand under itself */
export const checkMove = (committee: Committee, parent: Committee | undefined, all: readonly Committee[]): void => {
  if (committee.parent === parent?.id)
    throw new Refusal(
      'unchanged',
      parent
        ? `The ${committee.key} is under the ${parent.key} already.`
        : `The ${committee.key} is at the top already.`,
    );
  const seen = new Set<CommitteeId>();
  for (let above = parent; above && !seen.has(above.id); ) {
    if (above.id === committee.id)
      throw new Refusal(
        'under-itself',
        `The ${parent?.key} is the ${committee.key} or stands under it. Choose another one, or move the ${parent?.key} first.`,
      );
    seen.add(above.id);
    const next: CommitteeId | undefined = above.parent;
    above = all.find((one) => one.id === next);
  }
};

const SHOWN = 5;

const listed = (names: readonly string[]): string =>
  names.length > SHOWN ? `${names.slice(0, SHOWN).join('; ')}; and ${names.length - SHOWN} more` : names.join('; ');

/** @throws Refusal while anything of the committee is open */
export const checkClose = (committee: Committee, open: readonly Committee[], pending: readonly ListItem[]): void => {
  const below = open.filter((one) => one.parent === committee.id);
  if (below.length > 0)
    throw new Refusal(
      'open-below',
      `The ${committee.key} has open committees under it: ${below.map((one) => one.key).join(', ')}. Close or move them first.`,
    );
  if (pending.length > 0)
    throw new Refusal(
      'open-records',
      `The ${committee.key} still has open records: ${listed(pending.map((item) => item.title))}. Settle or withdraw them first.`,
    );
};

export interface BindingWish {
  readonly key?: string;
  readonly internal: boolean;
}

/** 'JSC', 'JSC internal', 'internal', or nothing. @throws Refusal for more */
export const readBinding = (text: string): BindingWish => {
  const said = text.split(/\s+/u).filter((one) => one !== '');
  const keys = said.filter((one) => one.toLowerCase() !== 'internal');
  if (keys.length > 1 || said.length > 2)
    throw unread("Say one committee: 'bind JSC', or 'bind JSC internal' for your company alone.");
  const [key] = keys;
  return { internal: said.length > keys.length, ...(key !== undefined && { key }) };
};

export interface Bound {
  /** None when it is of another alliance. */
  readonly committee?: Committee;
  readonly internal: boolean;
}

const laneName = ({ internal }: Pick<Bound, 'internal'>): string => (internal ? 'as an internal lane' : 'already');

/** @throws Refusal in a channel that is bound */
export const checkUnbound = (bound: Bound | undefined, wish: BindingWish): void => {
  if (!bound) return;
  const { committee } = bound;
  if (!committee)
    throw new Refusal('bound', 'This channel is in use for something else already. Choose another channel.');
  const same = wish.key === undefined || sameName(wish.key, committee.key);
  if (same && (bound.internal === wish.internal || (wish.key === undefined && !wish.internal)))
    throw new Refusal(
      'bound-already',
      `This channel is bound to the ${committee.key} ${laneName(bound)}. Nothing has changed.`,
    );
  throw new Refusal(
    'bound',
    `This channel is bound to the ${committee.key} ${laneName(bound)}. Say 'unbind' here first, or choose another channel.`,
  );
};

/** @throws Refusal in conversations that no committee can have */
export const checkPlace = (direct: boolean, own: boolean, actor: Actor): void => {
  if (direct)
    throw new Refusal(
      'direct',
      "A direct message cannot be bound to a committee. Say 'bind' and the committee's key in the channel that you mean.",
    );
  if (!own)
    throw new Refusal(
      'other-workspace',
      `This channel is in another company’s workspace, so it cannot be bound for ${actor.partner.name}. Ask its alliance professional to bind it, or choose a channel of your own workspace.`,
    );
};

/** @throws Refusal where nobody can tell who reads, and for an internal lane where others do */
export const checkReaders = (readers: Readers | undefined, internal: boolean, actor: Actor): Readers => {
  if (!readers)
    throw new Refusal(
      'no-readers',
      'Entente cannot see who reads this channel. Add Entente to this channel first, then say this again.',
    );
  if (internal && readers.outsiders)
    throw new Refusal(
      'not-internal',
      `People from outside of ${actor.partner.name} can read this channel, so it cannot be an internal lane. Choose a channel that only your own people read, and say this there.`,
    );
  return readers;
};

/** @throws Refusal for a channel that another company's copy of Entente serves */
export const checkElsewhere = (elsewhere: readonly Bound[], readers: Readers): void => {
  // Nobody from outside reads it: then it only has the same number, and is nothing that may be told.
  // Where another company keeps its own lane is not even hinted at; nothing of it is shown here any more.
  const [other] = readers.outsiders ? elsewhere.filter((one) => !one.internal) : [];
  if (!other) return;
  throw new Refusal(
    'bound-elsewhere',
    other.committee
      ? `The other company has bound this channel to the ${other.committee.key}, and its Entente posts the cards here for everybody. There is nothing more to bind.`
      : 'Another company’s Entente serves this channel already. Choose another channel.',
  );
};
