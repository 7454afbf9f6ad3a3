import type { Instant, PlatformId, Zone } from './ids.js';
import type { InteractionId, Subject, View } from './view.js';

/** Plain fields a platform needs to reach a place again, stored as they are; never an SDK's object. */
export type Detail = Readonly<Record<string, string>>;

/** Where a card goes. `id` is the platform's conversation id or user id; `workspace` the Slack team or Teams tenant. */
export interface Address {
  readonly platform: PlatformId;
  readonly workspace: string;
  readonly kind: 'channel' | 'person';
  readonly id: string;
  readonly detail: Detail;
}

/** Where a delivered card stands, enough to update it later. */
export interface MessageRef {
  readonly platform: PlatformId;
  readonly workspace: string;
  readonly conversation: string;
  readonly message: string;
  readonly detail: Detail;
}

/** An account on a platform. `workspace` is the person's own. */
export interface Account {
  readonly platform: PlatformId;
  readonly workspace: string;
  readonly user: string;
}

/** What a platform tells of somebody. */
export interface Profile {
  readonly name: string;
  /** Where they belong, which may be another workspace than the one that they were met in. */
  readonly workspace: string;
  /** Somebody from elsewhere who was let into that workspace: not one of its company's people. */
  readonly guest: boolean;
  readonly zone?: Zone;
  /** BCP 47, such as 'de-CH'. */
  readonly locale?: string;
  readonly email?: string;
}

/** Who reads a conversation. */
export interface Readers {
  /** As people call it, without '#'; none where the platform has no name for it. */
  readonly name?: string;
  /** True when people from outside of the workspace can read it: shared with another one, or with guests in it. */
  readonly outsiders: boolean;
}

export interface Platform {
  readonly id: PlatformId;
  start(inbound: Inbound): Promise<void>;
  /** Stops taking calls; those in flight are answered first. */
  stop(): Promise<void>;
  /** Who somebody is, asked for while that person or somebody else waits: 2 s at most. @throws DeliveryError */
  profile(who: Account & { readonly detail?: Detail }, near: Spot): Promise<Profile>;
  /** Who reads a conversation now; 2 s at most. @throws DeliveryError */
  readers(place: Conversation): Promise<Readers>;
  /** The workspace as its people know it: 'Acme Bio (acme.slack.com)', 'nova.example'. @throws DeliveryError */
  workspaceName(caller: Caller, near: Spot): Promise<string>;
  /**
   * What somebody replied to, as far as it can be read; its text only when it is asked for. Somebody waits: 2 s at most.
   * @throws DeliveryError
   */
  quoted?(place: Conversation, replied: Replied, text: boolean): Promise<Quote | undefined>;
  /**
   * Milliseconds until the platform's limits let such a message go; 0 where it may go now, as far as that can be told
   * before it is drawn.
   */
  wait?(to: Pick<Conversation, 'workspace' | 'conversation'>, how: 'post' | 'update'): number;
  /** `file` holds the bytes of a file view, and of no other one. @throws DeliveryError */
  post(to: Address, view: View, file?: ReadyFile): Promise<MessageRef>;
  /** @throws DeliveryError */
  update(message: MessageRef, view: View, file?: ReadyFile): Promise<void>;
}

/** A file that lies on this machine while it is sent. */
export interface ReadyFile {
  /** Bytes. */
  readonly size: number;
  /** From its beginning, each time; `from` and `until` (that byte not included) give a part of it. */
  read(part?: { readonly from: number; readonly until: number }): AsyncIterable<Uint8Array>;
}

/** Who calls, in the platform's own ids. `workspace` is the person's own, which differs from the spot's in a shared channel. */
export interface Caller extends Account {
  readonly name?: string;
  /** What is needed to write to this person directly (Teams: the 29: id and service URL). */
  readonly detail?: Detail;
}

/** A conversation of a workspace. */
export interface Conversation {
  readonly platform: PlatformId;
  readonly workspace: string;
  readonly conversation: string;
  /** Refreshes what is stored for it (Teams: the service URL). */
  readonly detail?: Detail;
}

/** Where the call was made, in the platform's own ids. */
export interface Spot extends Conversation {
  readonly direct: boolean;
}

export interface Call {
  /** Unique per call and the same when the platform delivers it again; redelivery is answered, not redone. */
  readonly id: string;
  readonly caller: Caller;
  readonly spot: Spot;
}

/** A word of a command: text as typed, or a person mentioned. */
export type Word = string | { readonly user: string; readonly workspace: string; readonly name: string };

/** A message somebody points at: through the message menu, or by replying to it. */
export interface Quote {
  readonly text: string;
  readonly link?: string;
  readonly saidAt?: Instant;
}

/** A message of the same conversation that somebody replied to, where no more than that came along. */
export interface Replied {
  readonly message: string;
  /** The reply itself. */
  readonly reply: string;
}

/**
 * Words said to Entente. On every platform the first word is the command: '/decision x', '/entente decision x' and
 * '@Entente decision x' all arrive as 'decision x'.
 */
export interface CommandCall extends Call {
  readonly words: readonly Word[];
  readonly quote?: Quote;
  /** Looked up, with `Platform.quoted`, for commands that take a message along. */
  readonly replied?: Replied;
}

/** A button pressed or a form submitted. */
export interface PressCall extends Call {
  readonly interaction: InteractionId;
  readonly subject?: Subject;
  /** The card that the button stands on, where it is another one than the subject's own. */
  readonly on?: Subject;
  readonly values: Readonly<Record<string, string>>;
}

/** Somebody posted a link to a record where others read it. */
export interface LinkCall extends Call {
  readonly url: string;
}

/** What a link may show in the place where it was posted, to everybody who reads there. */
export interface Unfurled {
  /** The record as it is now; nothing on it can be pressed. */
  readonly card: View;
  /** Tells nothing of the record and lets each reader open it: for platforms that may show it elsewhere, too. */
  readonly door: View;
}

/**
 * What the caller gets, after everything is committed.
 * - `done`: `view` is the private answer, or a form to open; `card` is the pressed card as it is now.
 * - `refused`: `view` is a notice with one sentence; `field` names the form field it belongs to.
 * - `failed`: our fault; nothing was saved. A platform that can ask for redelivery should.
 */
export interface Answer {
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly view: View;
  readonly field?: string;
  readonly card?: View;
  /** A card in the place itself shows what was done, so that there it needs no words. */
  readonly shown?: true;
}

/**
 * What platforms tell without anybody having asked for something.
 * - `installed`, `removed`: Entente was let into the conversation, or into the whole workspace.
 * - `met`: somebody whom Entente can now write to.
 * - `readers`: others than before may read the conversation.
 */
export interface Notification {
  readonly kind: 'installed' | 'removed' | 'met' | 'readers';
  readonly platform: PlatformId;
  readonly workspace: string;
  /** Set when the conversation itself is meant, and not the whole workspace. */
  readonly spot?: Spot;
  readonly caller?: Caller;
  /** Set with `readers` when the event itself shows that outsiders read there, so that nobody has to be asked. */
  readonly outsiders?: true;
}

/** The core's face towards platforms. None of these throws: every outcome is in the answer. */
export interface Inbound {
  command(call: CommandCall): Promise<Answer>;
  press(call: PressCall): Promise<Answer>;
  home(call: Call): Promise<Answer>;
  /** Nothing where the link is none of ours, or may not be shown: why, nobody is told. */
  unfurl(call: LinkCall): Promise<Unfurled | undefined>;
  /** @throws whatever the database throws, so that the platform delivers the event again. */
  notify(event: Notification): Promise<void>;
}
