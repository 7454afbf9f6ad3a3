/*
 * Views say what people see; platforms say how it looks.
 *
 * Glossary
 *   view      a picture of something, in words only: no markup, no platform ids
 *   subject   the row a view is about: which feature keeps it, and its id there
 *   card      a view that stands in a channel or direct message and follows its row
 *   button    what people click; its handler is an interaction
 *   notice    a private answer: a sentence or two, perhaps with Undo
 *   record    the card of one row: label, title, status, facts, buttons
 *   list      several rows in a few words each, with what to do next
 *   form      questions to one person; its submission is an interaction with values
 *   file      a file for one person, with a sentence that says what is in it
 *   audience  who will read the view (a line of words here; the type is in context.ts)
 *
 * All text is plain text. Renderers escape it and cut it to their platform's limits.
 */
import type { Source } from './copy/pages.js';
import type { Day, Instant, PersonId, Zone } from './ids.js';

/** A piece of text that each reader sees in their own way. `zone` names the zone where a platform cannot use the reader's. */
export type Span =
  | string
  | { readonly mention: PersonId; readonly name: string }
  | { readonly moment: Instant; readonly zone: Zone }
  | { readonly day: Day };

export type Text = string | readonly Span[];

/** What a card is about: `feature` keeps the row, `id` is its id there. */
export interface Subject {
  readonly feature: string;
  readonly id: string;
}

/** 'feature.verb', for example 'decisions.confirm'. */
export type InteractionId = `${string}.${string}`;

export interface Button {
  readonly id: InteractionId;
  readonly label: string;
  readonly subject?: Subject;
  readonly style?: 'primary' | 'danger';
  /** Comes back among the values of the press: which wording the person saw, for example. */
  readonly carry?: Readonly<Record<string, string>>;
  /** Set when pressing it opens a form, or a list to read: Teams must know before the press to make it a dialog. */
  readonly opensWindow?: boolean;
}

export interface Fact {
  readonly label: string;
  readonly text: Text;
}

/** A private answer. */
export interface NoticeView {
  readonly kind: 'notice';
  readonly title?: string;
  readonly text: Text;
  readonly buttons?: readonly Button[];
  /** Set when it shows a code or answers one: its receipt is sealed, and nobody but who asked may read it anywhere. */
  readonly secret?: true;
}

/** A private answer in a sentence or two. */
export const notice = (text: Text, buttons: readonly Button[] = []): NoticeView => ({
  kind: 'notice',
  text,
  ...(buttons.length > 0 && { buttons }),
});

/** The same where it shows a code, or is what a code was answered with. */
export const secretNotice = (text: Text, buttons: readonly Button[] = []): NoticeView => ({
  ...notice(text, buttons),
  secret: true,
});

/** The card of one row. `summary` is the fallback text: it must read well alone. */
export interface RecordView {
  readonly kind: 'record';
  readonly subject: Subject;
  readonly label: string;
  readonly title: string;
  readonly status: string;
  readonly summary: string;
  readonly facts: readonly Fact[];
  /** Small print under the facts: who sees it, and whether the other side has it. */
  readonly footer: readonly Text[];
  readonly buttons: readonly Button[];
}

export interface ListItem {
  readonly title: string;
  readonly text?: Text;
  readonly buttons?: readonly Button[];
}

/** Several things in a few words each. `empty` is shown when there is none. */
export interface ListView {
  readonly kind: 'list';
  /** Set on a list that is a card: what is pressed on it is answered beside the card, which follows. */
  readonly subject?: Subject;
  readonly title: string;
  readonly intro?: Text;
  readonly items: readonly ListItem[];
  readonly empty: Text;
  readonly buttons?: readonly Button[];
  /** Set on another page of a list: it takes the place of the one that was pressed. */
  readonly instead?: true;
}

interface FieldBase {
  /** Key of the value in the submission; letters and digits. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly required?: boolean;
}

export type Field =
  | (FieldBase & {
      readonly kind: 'text';
      readonly lines: 'one' | 'many' /** Characters, at most. */;
      readonly max: number;
    })
  | (FieldBase & {
      readonly kind: 'choice';
      readonly options: readonly { readonly value: string; readonly label: string }[];
    });

/** Questions to one person. Submitting calls the interaction `id` with the fields' values and `carry`. */
export interface FormView {
  readonly kind: 'form';
  readonly id: InteractionId;
  /** At most 24 characters (Slack's modal titles). */
  readonly title: string;
  /** At most 24 characters. */
  readonly submit: string;
  /** Who will see what is written, said before it is written. */
  readonly audience: string;
  readonly subject?: Subject;
  /** It shows what is its reader's alone, such as who works for their company: never posted where others read. */
  readonly private?: true;
  /** Comes back among the submitted values; at most 2,000 characters as JSON. */
  readonly carry?: Readonly<Record<string, string>>;
  readonly fields: readonly Field[];
}

/** A file for one person, written afresh each time that it is sent. */
export interface FileView {
  readonly kind: 'file';
  readonly subject: Subject;
  readonly title: string;
  readonly text: Text;
  readonly file: FileOffer;
}

export interface FileOffer {
  /** 'acme-nova-2026-11-23.csv' */
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  /** Pressed where a platform asks its people before it takes a file; `place` comes among the values. */
  readonly accept: InteractionId;
  readonly decline: InteractionId;
  /** Where a platform that asks its people first was told to put it, in that platform's own words. */
  readonly place?: string;
  /** Its bytes, read page by page outside of any transaction. */
  bytes(source: Source): AsyncIterable<Uint8Array>;
}

export type View = NoticeView | RecordView | ListView | FormView | FileView;
