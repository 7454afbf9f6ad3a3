/* What people and tests ask of the sandbox through its control interface, and what comes back. */
import type { Dialog, Message, Side } from './model.js';

export interface Say {
  readonly side: Side;
  readonly person: string;
  /** Missing: the person's direct messages with Entente. */
  readonly conversation?: string;
  /**
   * As typed. '/word ...' is a slash command on Slack. '@Full Name' mentions a person or Entente, as picked from the list.
   * On Teams, channels and group chats reach Entente only when it is mentioned.
   */
  readonly text: string;
  readonly thread?: string;
}

export interface Press {
  readonly side: Side;
  readonly person: string;
  /** One of these three: where the control is. */
  readonly message?: string;
  readonly dialog?: string;
  readonly home?: boolean;
  /** Its place among the message's controls (from 0), or its action_id (Slack), id, verb or title (Teams), or its label. */
  readonly action: number | string;
  /** Slack selects, radios and pickers: the chosen value. */
  readonly value?: string;
  /** Fields on the same card: by action_id or block_id (Slack), by input id (Teams). */
  readonly inputs?: Values;
}

/** Field values: option values for choices, several for multiple choice. */
export type Values = Readonly<Record<string, string | readonly string[]>>;

export interface DialogSubmit {
  readonly side: Side;
  readonly person: string;
  /** Missing: the one on top. */
  readonly dialog?: string;
  /** By block_id or action_id (Slack), by input id (Teams). Missing fields keep what they were opened with. */
  readonly values: Values;
  /** Teams dialogs with several buttons: which one; the first unless told. */
  readonly action?: number | string;
}

export interface DialogClose {
  readonly side: Side;
  readonly person: string;
  readonly dialog?: string;
}

export interface Menu {
  readonly side: Side;
  readonly person: string;
  readonly message: string;
  readonly entry: string;
}

export interface Presence {
  readonly side: Side;
  readonly conversation: string;
  readonly present: boolean;
}

export interface Membership {
  readonly side: Side;
  readonly conversation: string;
  readonly person: string;
  /** True: they join; false: they leave. */
  readonly here: boolean;
}

export interface Share {
  readonly side: Side;
  readonly conversation: string;
  readonly shared: boolean;
  /** A workplace's id; the first other one unless told. */
  readonly with?: string;
}

export interface Install {
  readonly side: Side;
  /** A workplace's id; the one that is shown unless told. */
  readonly workplace?: string;
}

/** How Slack's OAuth page is answered. */
export interface Consent {
  /** 'ask' shows the page; the others answer it at once. */
  readonly answer: 'ask' | 'allow' | 'deny';
  /** Who is signed in; it decides the workspace. The first person unless told. */
  readonly person?: string;
  /** For the whole organisation of that workspace. */
  readonly org?: boolean;
  /** The app's tokens rotate. False at first. */
  readonly rotating?: boolean;
}

/** What a person's doing led to, once Entente answered or the platform's limit passed. */
export interface Outcome {
  /** False: the platform had nothing to tell Entente (a channel message without a mention). */
  readonly delivered: boolean;
  /** HTTP status of Entente's answer; 0 when none came. */
  readonly status: number;
  /** Milliseconds until the answer. */
  readonly ackMs: number;
  /** What the platform shows when it failed: 'operation_timeout', 'Unable to reach app. Please try again.' */
  readonly error?: string;
  /** Entente's messages that answer this person: private ones, direct ones, and replies to what was said. */
  readonly answers: readonly Message[];
  /** On top for this person now, if any. */
  readonly dialog?: Dialog;
  /** Set when something was said: its message id. Slash commands leave none. */
  readonly said?: string;
}

export interface Raw {
  readonly side: Side;
  /** An object is sent as JSON (Slack: an event; Teams: an activity), text as it is. */
  readonly body: unknown;
  /** 'application/json' unless told; Slack commands and interactions use 'application/x-www-form-urlencoded'. */
  readonly contentType?: string;
  readonly signature?: 'good' | 'forged' | 'old' | 'none';
  /** Fills the body with spaces up to this many bytes. */
  readonly padTo?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RawOutcome {
  readonly status: number;
  readonly ackMs: number;
  /** Parsed when it is JSON, else text. */
  readonly body: unknown;
}

export interface Await {
  readonly side: Side;
  readonly conversation?: string;
  /** Part of `plain`. */
  readonly match: string;
  /** Only messages that this person sees, with the card that this person sees. */
  readonly person?: string;
  /** 5,000 unless told. */
  readonly timeoutMs?: number;
}
