/*
 * The sandbox's words: two fake workplaces, and what the control interface says about them.
 *
 * Control interface: JSON in, JSON out, relative to where the router is mounted ('/control' on the sandbox's own port,
 * '/sandbox/api' on Entente's). Only from loopback, and only from a page of the same origin. A mistake in the request is
 * 400 {error: sentence}, somebody or something unknown 404 {error: sentence}.
 *
 *   GET  /state                         -> World
 *   GET  /events                        server-sent events, data: {version}; at most one each 50 ms; one at once
 *   GET  /calls?side=&method=&since=    -> Call[]     what Entente called, oldest first; `since` is a Call.number
 *   POST /say            Say            -> Outcome    a message, a slash command ('/decision x'), a mention ('@Entente x')
 *   POST /press          Press          -> Outcome    a button, menu or date picker on a message, a dialog or the home
 *   POST /dialog/submit  DialogSubmit   -> Outcome    `dialog` stays set when it is still open (errors, next step)
 *   POST /dialog/close   DialogClose    -> Outcome
 *   POST /menu           Menu           -> Outcome    the message menu: entry is the id of a MenuEntry
 *   POST /home/open      {person}       -> Outcome    Slack's App Home; it then stands in World.slack.homes
 *   POST /presence       Presence       -> Outcome    invites Entente into a conversation, or removes it
 *   POST /member         Membership     -> Outcome    somebody joins a conversation, or leaves it
 *   POST /share          Share          -> Outcome    a channel is shared with another workplace, or no longer
 *   POST /install        Install        -> Outcome    Teams: in every team and for every person; Slack: the environment's token works again
 *   POST /uninstall      Install        -> Outcome    Slack: every token of the workspace is dead
 *   POST /revoke         Install        -> Outcome    Slack: somebody revokes the tokens, the app stays
 *   POST /consent        Consent        -> {}         how people answer Slack's OAuth page from now on
 *   POST /clock          {to} or {by}   -> {}         the clock of both workplaces and Entente goes forward: epoch ms, or ms
 *   POST /begin          {with}         -> {}         everything anew, with the demo alliance or empty; only beside Entente
 *   POST /archive        {conversation, archived} -> {}   Slack channels; on Teams the channel is gone (404)
 *   POST /failure        {side} & Failure -> {}
 *   POST /raw            Raw            -> RawOutcome any body, with a good, forged, old or no signature
 *   POST /redeliver      {side, kind?}  -> RawOutcome the last request again, as the platform would repeat it
 *   POST /await          Await          -> Message    as soon as a message fits; 408 {error} after timeoutMs
 *   POST /reset          {}             -> {}         back to the seed
 */
import type { HomeView, KnownBlock, View } from '@slack/types';
import type { AskedFile, SharedFile } from './shared-files.js';

export type * from './acts.js';
export type * from './seed.js';
export type * from './shared-files.js';

export type Side = 'slack' | 'teams';

/** A Slack workspace or a Teams tenant. */
export interface Workplace {
  readonly id: string;
  readonly name: string;
  /** 'acme': acme.slack.com, and addresses at acme.example. */
  readonly domain: string;
  /** Slack: the organisation that the workspace is part of. */
  readonly enterprise?: { readonly id: string; readonly name: string };
}

/** A person's id is the platform's own: 'U01ANA' on Slack, the Entra object id on Teams. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** IANA name. */
  readonly zone: string;
  /** BCP 47; 'en-GB' unless told. */
  readonly locale?: string;
  /** 'ana@acme.example' unless told. */
  readonly email?: string;
  /** Let into some conversations of this workplace, without belonging to it. */
  readonly guest?: boolean;
  /** The other workplace that they belong to; missing for this one's own people, and for its guests. */
  readonly home?: string;
}

export interface Conversation {
  /** 'C…' or 'D…' on Slack; '19:…@thread.tacv2', '19:…@thread.v2' or 'a:…' on Teams. */
  readonly id: string;
  readonly kind: 'channel' | 'group' | 'direct';
  /** '#jsc' shows as 'jsc'; empty for direct messages. */
  readonly name: string;
  /** Teams channels: the team's name. */
  readonly team?: string;
  /** Person ids, without Entente. */
  readonly members: readonly string[];
  /** Set when it is a conversation of another workplace than the one that the side shows. */
  readonly workplace?: string;
  /** The workplaces that it is shared with: Slack Connect, a shared channel of Teams. */
  readonly sharedWith?: readonly string[];
  /** Entente is in it. Always true for direct messages. */
  readonly present: boolean;
  readonly archived: boolean;
}

interface MessageBase {
  /** Slack's ts, or the Teams activity id; unique in its side. */
  readonly id: string;
  readonly conversation: string;
  /** A person's id; `bot.id` of the side for Entente; 'USLACKBOT' for Slack itself. */
  readonly from: string;
  /** Epoch ms. */
  readonly at: number;
  /** 0 when new; grows with every change in place, so that a change can be highlighted. */
  readonly changes: number;
  readonly changedAt?: number;
  /** As it was sent: mrkdwn on Slack, Markdown or XML on Teams. */
  readonly text: string;
  /** What somebody reads, cards included, without markup; what /await looks into. */
  readonly plain: string;
  /** The id of the message whose thread it is in. */
  readonly thread?: string;
  /** Set: only this person sees it ('Only visible to you'). */
  readonly onlyFor?: string;
  /** Whom it notifies by name: person ids, '@channel', '@here', '@everyone'. */
  readonly pings: readonly string[];
}

export interface SlackMessage extends MessageBase {
  readonly side: 'slack';
  readonly files?: readonly SharedFile[];
  readonly blocks?: readonly KnownBlock[];
  /** What the app shows below the message, by the address in it. */
  readonly unfurls?: Readonly<Record<string, readonly KnownBlock[]>>;
}

/** An Adaptive Card as it came; version 1.5 at most. */
export interface Card {
  readonly type: 'AdaptiveCard';
  readonly version?: string;
  readonly body?: readonly Record<string, unknown>[];
  readonly actions?: readonly Record<string, unknown>[];
  readonly [more: string]: unknown;
}

export interface TeamsMessage extends MessageBase {
  readonly side: 'teams';
  /** The card everybody sees. */
  readonly card?: Card;
  /** By person: the card that only they see after pressing, until the message changes. */
  readonly localCards: Readonly<Record<string, Card>>;
  readonly mentions: readonly { readonly name: string; readonly person: string }[];
  /** What Entente wants to send: Accept and Decline stand on `card`. */
  readonly asked?: AskedFile;
  /** What it has sent. */
  readonly file?: SharedFile;
}

export type Message = SlackMessage | TeamsMessage;

export interface SlackDialog {
  readonly side: 'slack';
  readonly id: string;
  readonly person: string;
  readonly view: View;
  /** By block_id: the sentence beside the field, after a refused submission. */
  readonly errors: Readonly<Record<string, string>>;
  /** Counts updates of this dialog in place. */
  readonly changes: number;
}

export interface TeamsDialog {
  readonly side: 'teams';
  readonly id: string;
  readonly person: string;
  readonly title: string;
  readonly card: Card;
  readonly height?: number | string;
  readonly width?: number | string;
  readonly changes: number;
}

export type Dialog = SlackDialog | TeamsDialog;

export interface CommandHint {
  /** Without a slash: 'decision'. */
  readonly word: string;
  readonly summary: string;
  readonly usage: string;
}

/** An entry of the message menu: Slack's callback_id, Teams' commandId. */
export interface MenuEntry {
  readonly id: string;
  readonly label: string;
}

interface SideState<M extends Message, D extends Dialog> {
  /** Entente here. On Slack `id` is its user id, on Teams '28:<app id>'. */
  readonly bot: { readonly id: string; readonly name: string };
  /** The one that is shown first, then those whose people turn up in it. */
  readonly workplaces: readonly Workplace[];
  /** Where the app is installed: ids of workplaces. */
  readonly installedIn: readonly string[];
  readonly people: readonly Person[];
  readonly conversations: readonly Conversation[];
  /** Oldest first, private ones too: show one when it has no `onlyFor` or is for the person acted as. */
  readonly messages: readonly M[];
  /** Open ones; the last of a person is on top. */
  readonly dialogs: readonly D[];
  readonly failure: Failure;
}

export interface SlackState extends SideState<SlackMessage, SlackDialog> {
  readonly team: Workplace;
  /** By person: App Home, once published. */
  readonly homes: Readonly<Record<string, HomeView>>;
}

export interface TeamsState extends SideState<TeamsMessage, TeamsDialog> {
  readonly tenant: Workplace;
}

/** With the demo alliance and its history, or with nothing but people and their channels. */
export type Beginning = 'demo' | 'empty';

export interface World {
  /** Grows with every change. */
  readonly version: number;
  /** Milliseconds that the sandbox's clock is ahead of this machine's. */
  readonly ahead: number;
  readonly begun: Beginning;
  /** Different after each new beginning. */
  readonly run: number;
  /** Where Slack's people begin to install the app; none when the sandbox runs without Entente beside it. */
  readonly installUrl?: string;
  readonly slack: SlackState;
  readonly teams: TeamsState;
  /** What both apps' manifests offer; empty commands mean that any is let through. */
  readonly commands: readonly CommandHint[];
  readonly menus: readonly MenuEntry[];
}

/** What happens to Entente's calls to a side, and to nothing else. Units: seconds for retryAfter, ms for delayMs. */
export type Failure =
  | { readonly mode: 'ok' }
  | { readonly mode: 'ratelimited'; readonly retryAfter: number }
  | { readonly mode: 'error' }
  | { readonly mode: 'slow'; readonly delayMs: number }
  | { readonly mode: 'down' }
  /** A share (0..1) of the calls fails in one of the ways above, the same ones for the same seed. */
  | { readonly mode: 'random'; readonly seed: number; readonly share: number };

/** One call of Entente to a platform. */
export interface Call {
  readonly number: number;
  readonly side: Side;
  /** 'chat.update', 'POST activities', 'PUT activities', 'POST conversations', 'GET members' ... */
  readonly method: string;
  readonly conversation?: string;
  /** The message posted or changed. */
  readonly message?: string;
  readonly body: unknown;
  /** HTTP status; 0 when the connection was cut. */
  readonly status: number;
  /** The platform's own code: 'channel_not_found', 'MessageSizeTooBig'. */
  readonly error?: string;
  readonly at: number;
}
