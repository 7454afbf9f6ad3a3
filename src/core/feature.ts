import type { z } from 'zod';
import type { AgendaOffer } from './agenda.js';
import type { CalendarEvent } from './calendar/events.js';
import type { Actor, Audience, Ctx, Partner, Read, Somebody, Visit, Work } from './context.js';
import type { Restoring } from './copy/restoring.js';
import type { Asked, Pages, Row } from './copy/row.js';
import type { Kit } from './db/kit.js';
import type { Tx } from './db/store.js';
import type { Happenings } from './entries/happening-groups.js';
import { Refusal } from './errors.js';
import type { AllianceId, CommitteeId, Day, Instant, PartnerId, PersonId } from './ids.js';
import type { Making } from './origins.js';
import type { Button, InteractionId, ListItem, Subject, View } from './view.js';
import type { Visibility } from './visibility.js';

const parsed = <A>(schema: z.ZodType<A>, input: unknown): A => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path[0];
  throw new Refusal(
    'arguments',
    issue?.message ?? 'That could not be read.',
    field === undefined ? undefined : String(field),
  );
};

/** What somebody said after the command's word: mentions stand in `text` as names, and in `people` in order. */
export interface Said {
  readonly text: string;
  readonly people: readonly Mentioned[];
}

/** Somebody mentioned: `id` is none for people who take no part in the alliance. */
export interface Mentioned {
  readonly id?: PersonId;
  readonly name: string;
}

/** What people want to do, in the order of help. */
export type Topic = 'log' | 'committees' | 'people' | 'alliance';

interface CommandBase {
  /** The word people type, lower case. */
  readonly name: string;
  /** One line for help and the platforms' command menus. */
  readonly summary: string;
  /** What follows the word: '[what was decided] because ...'. */
  readonly usage: string;
  /** Where help lists it; 'log' unless told. */
  readonly topic?: Topic;
  /** Said only after 'entente' on Slack, as '/entente setup'; others are slash commands of their own too. */
  readonly within?: 'entente';
  /** Label in both platforms' message menus; at most 24 characters. */
  readonly menu?: string;
  /** Another way to say what a command of every day says too; menus with little room do without it. */
  readonly echo?: true;
  /** Set when it must know who reads the place, which is asked of the platform beforehand: see Ctx. */
  readonly asks?: 'readers';
  /** Works in a company's own lane that others can read by now too, where everything else is refused: it mends that. */
  readonly mends?: true;
  /** An open word that guests of a workspace may say too, who speak for another company or for none. */
  readonly guests?: true;
}

export type Command =
  | (CommandBase & { run(said: Said, ctx: Ctx): Promise<View>; visit?: undefined })
  | (CommandBase & { visit(said: Said, visit: Visit): Promise<View>; run?: undefined });

/** A command whose words are parsed by its own schema; a failed parse is a refusal with the schema's sentence. */
export const command = <A>(
  spec: CommandBase & { args: z.ZodType<A>; run(args: A, ctx: Ctx): Promise<View> },
): Command => {
  const { args, ...word } = spec;
  return { ...word, run: async (said, ctx) => spec.run(parsed(args, said), ctx) };
};

/** A command for people who need not take part in anything yet. */
export const openCommand = <A>(
  spec: CommandBase & { args: z.ZodType<A>; visit(args: A, visit: Visit): Promise<View> },
): Command => {
  const { args, ...word } = spec;
  return { ...word, visit: async (said, visit) => spec.visit(parsed(args, said), visit) };
};

export interface Press {
  readonly subject?: Subject;
  readonly values: Readonly<Record<string, string>>;
}

/** What happens when a button is pressed or a form submitted. */
export type Interaction = {
  readonly id: InteractionId;
  readonly mends?: true;
  readonly asks?: 'readers';
  readonly guests?: true;
} & (
  | { run(press: Press, ctx: Ctx): Promise<View>; visit?: undefined }
  | { visit(press: Press, visit: Visit): Promise<View>; run?: undefined }
);

interface Parsed<V> {
  readonly subject?: Subject;
  readonly values: V;
}

/** An interaction whose values are parsed by its own schema; a failed parse is a refusal at the field. */
export const interaction = <V>(spec: {
  id: InteractionId;
  mends?: true;
  asks?: 'readers';
  values: z.ZodType<V>;
  run(press: Parsed<V>, ctx: Ctx): Promise<View>;
}): Interaction => ({
  id: spec.id,
  ...(spec.mends && { mends: spec.mends }),
  ...(spec.asks && { asks: spec.asks }),
  run: async (press, ctx) => spec.run({ subject: press.subject, values: parsed(spec.values, press.values) }, ctx),
});

/** An interaction for people who need not take part in anything yet. */
export const openInteraction = <V>(spec: {
  id: InteractionId;
  guests?: true;
  values: z.ZodType<V>;
  visit(press: Parsed<V>, visit: Visit): Promise<View>;
}): Interaction => ({
  id: spec.id,
  ...(spec.guests && { guests: spec.guests }),
  visit: async (press, visit) =>
    spec.visit({ subject: press.subject, values: parsed(spec.values, press.values) }, visit),
});

/** What permissions must know of a subject besides who acts. */
export interface About {
  readonly committee?: CommitteeId;
  /** Whoever made it. */
  readonly author?: PersonId;
  /** Whoever owes it. */
  readonly owner?: Somebody;
  /** Whoever looks after it while its owner is out. */
  readonly cover?: PersonId;
  /** The company it belongs to, where it belongs to one. */
  readonly partner?: PartnerId;
}

/** What waits for somebody, in their home and in their daily message. */
export interface Waiting extends ListItem {
  readonly subject?: Subject;
  /** The day by which it should be done: what is due first stands first, and what is due on no day comes last. */
  readonly dueOn?: Day;
  /** When the daily message speaks of it: each time from a day on, or once for each of these days. Their home always does. */
  readonly remind?: { readonly from: Day } | { readonly on: readonly Day[] };
}

/** What the log keeps of a record, whatever feature it is of: enough to list it and to find it again. */
export interface Entry {
  readonly committee?: CommitteeId;
  readonly visibility: Visibility;
  /** 'D-14'; one record's alone among all that the same people read. */
  readonly label: string;
  readonly title: string;
  /** What is searched besides its label and title: reasons, what was rejected. */
  readonly more: readonly string[];
  /** As its card says it: 'Agreed'. */
  readonly status: string;
  /** False once it is over: superseded, withdrawn, done. */
  readonly live: boolean;
  /** Whoever owes it. */
  readonly owner?: PersonId;
  readonly dueOn?: Day;
  /** When it was said, which may be long before it was recorded. */
  readonly at: Instant;
  /** The message it was taken from, which only the recorder's company can open. */
  readonly source?: { readonly link: string; readonly partner: PartnerId };
}

/** How somebody is forgotten. */
export interface Erasing {
  /** The company that lets go of them. */
  readonly partner: Partner;
  /** No other alliance keeps them. */
  readonly last: boolean;
  /** Themselves, or the alliance professional who asked. */
  readonly by: PersonId;
}

/** A feature offers any of these, and nothing else reaches into it. */
export interface Feature {
  readonly name: string;
  readonly tables?: (kit: Kit) => Record<string, unknown>;
  readonly commands?: readonly Command[];
  readonly interactions?: readonly Interaction[];
  /** Where to begin, for people whose workspace takes part in nothing yet. */
  readonly welcome?: readonly Button[];
  /** The subject's card as it is now, for those who can read it there; nothing where they cannot. */
  present?(id: string, read: Read, audience: Audience): Promise<View | undefined>;
  /** What its permissions depend on; nothing where the audience cannot read it. */
  about?(id: string, read: Read, audience: Audience): Promise<About | undefined>;
  /** What keeps a committee from being closed: its open records, each in a few words. */
  pending?(committee: CommitteeId, read: Read, audience: Audience): Promise<readonly ListItem[]>;
  /** What somebody leaves behind who loses a seat: their open commitments, to be handed over. */
  leaves?(person: PersonId, committee: CommitteeId, read: Read, audience: Audience): Promise<readonly ListItem[]>;
  /** Asked before somebody is forgotten. @throws Refusal while their company cannot do without them, saying what to do first */
  parting?(person: PersonId, partner: Partner, work: Work): Promise<void>;
  /**
   * Takes what it keeps of somebody in the alliance, and with `last` in any: accounts of theirs, words about them. Their
   * id stays for what they did, and has no name any more. Gives the subjects whose cards look different for it.
   */
  erase?(person: PersonId, work: Work, how: Erasing): Promise<readonly Subject[]>;
  /** What waits for this person. */
  waiting?(actor: Actor, read: Read, audience: Audience): Promise<readonly Waiting[]>;
  /** What the log keeps of a record; asked after each change, for nobody in particular: who may read it is in it. */
  entry?(id: string, read: Read): Promise<Entry | undefined>;
  /** Two people are one from now on: what `gone` still owes is `kept`'s. What was done under their name stays so. */
  merged?(kept: PersonId, gone: PersonId, tx: Tx): Promise<void>;
  /** Offered by features whose records people catch up on; see `groupedVerbs`. */
  readonly verbs?: Happenings;
  /** Its records for a copy, in the order of their numbers, read page by page: nothing else is held in memory. */
  dump?(pages: Pages, asked: Asked): AsyncIterable<Row>;
  /** How records come back from a copy, by their kinds; for features that dump. */
  readonly restoring?: readonly Restoring[];
  /** What in its tables is not as the history says it was recorded, each in a sentence that begins with the label. */
  verify?(pages: Pages, alliance: AllianceId): AsyncIterable<string>;
  /** An alarm it set has come due. */
  wake?(key: string, work: Work): Promise<void>;
  /** What such an alarm was for, in a few words, where it came too late to be of use: 'JSC 11 Dec: the final brief'. */
  alarm?(key: string, read: Read): Promise<string | undefined>;
  /** What a committee is at right now: what is recorded for it meanwhile is from there. */
  occasion?(committee: CommitteeId, read: Read): Promise<Subject | undefined>;
  /** Subjects of its own whose cards show this one too, and follow what becomes of it by this verb. */
  shownBy?(id: string, verb: string, read: Read): Promise<readonly Subject[]>;
  /** Another record was made from one of its own. May be told twice, and before the log knows what was made. */
  led?(id: string, made: Subject, work: Work): Promise<void>;
  /** What one of its own is called that all companies share and others are made from: 'M-9 item 2'. */
  called?(id: string, read: Read): Promise<string | undefined>;
  /**
   * Asked before a record is made from one of its own by a button, and before such a record is confirmed: the committee it
   * is for, or nothing where this is none or they cannot read it. @throws Refusal where they have no part in it
   */
  source?(id: string, making: Making, read: Read): Promise<CommitteeId | undefined>;
  /** What somebody takes no part in deciding, as it is `called`, where this or a record made from it is that. */
  recused?(id: string, person: PersonId, read: Read): Promise<string | undefined>;
  /** Open points for a committee's next meeting. */
  agenda?(committee: CommitteeId, read: Read, audience: Audience): Promise<readonly AgendaOffer[]>;
  /** What is ahead of this person, the next first: in their home, below what waits. */
  ahead?(actor: Actor, read: Read, audience: Audience): Promise<readonly ListItem[]>;
  /** What stands in this person's calendar. */
  events?(actor: Actor, read: Read, audience: Audience): Promise<readonly CalendarEvent[]>;
}
