/*
 * What a handler is given. Everything it does through these commits together, or not at all.
 *
 *   Read     one database, one moment, and the directory
 *   Work     a Read that may also write: wakes use it
 *   Ctx      a Work with somebody acting somewhere
 *   Visit    a call of somebody who need not take part in anything yet
 */

import type { AgendaOffer } from './agenda.js';
import type { Db, Tx } from './db/store.js';
import type { Happening } from './entries/happenings.js';
import type { AllianceId, ChannelId, CommitteeId, Day, Instant, PartnerId, PersonId, Zone } from './ids.js';
import type { Caller, Profile, Quote, Readers, Spot } from './platform.js';
import type { SkippedAlarm } from './skipped.js';
import type { ListItem, Subject, View } from './view.js';

declare const minted: unique symbol;

/** The partners whose people can read a place. Only the directory mints one; a read without one does not compile. */
export interface Audience {
  readonly alliance: AllianceId;
  readonly partners: readonly PartnerId[];
  /** Set where nobody but this company's people read; an alliance of one company so far has outsiders too. */
  readonly own?: PartnerId;
  readonly [minted]: true;
}

/** What somebody is on a committee, in the order of its roster. */
export const roles = ['co-chair', 'member', 'alternate', 'alliance professional', 'observer', 'guest'] as const;

export type Role = (typeof roles)[number];

/** One of a company's people. */
export interface Somebody {
  readonly id: PersonId;
  readonly name: string;
}

/** When somebody is out: both days are days away. */
export interface Absence {
  readonly fromOn: Day;
  readonly untilOn: Day;
  /** Who looks after what they owe meanwhile. */
  readonly cover?: PersonId;
}

export interface Partner {
  readonly id: PartnerId;
  readonly name: string;
}

export interface Committee {
  readonly id: CommitteeId;
  readonly alliance: AllianceId;
  /** 'JSC' */
  readonly key: string;
  /** 'Joint Steering Committee' */
  readonly name: string;
  /** The committee above it. */
  readonly parent?: CommitteeId;
  /** So many of each company's votes must be in the room for it to decide; 1 unless told. */
  readonly quorum?: number;
  /** Set: it decides nothing more, and its record stays readable. */
  readonly closedAt?: Instant;
}

export interface Seat {
  readonly committee: CommitteeId;
  readonly person: PersonId;
  readonly personName: string;
  readonly partner: PartnerId;
  readonly role: Role;
  /** The first day; none for a seat that was held before Entente knew. */
  readonly fromOn?: Day;
  /** The last day. */
  readonly untilOn?: Day;
  /** Whom an alternate stands in for. */
  readonly standsFor?: PersonId;
  /** Set while that one is out: the alternate votes today. */
  readonly standsIn?: true;
  /** Their opposite number in another company. */
  readonly counterpart?: PersonId;
}

/** Somebody who acts, with their seats as of now. Only the directory mints one. */
export interface Actor {
  readonly person: PersonId;
  readonly name: string;
  readonly partner: Partner;
  readonly alliance: AllianceId;
  /** Runs the alliance for their company. */
  readonly professional: boolean;
  /** False for somebody who calls from another company's workspace, as its guest. */
  readonly home: boolean;
  readonly seats: readonly Seat[];
  readonly zone: Zone;
  /** Of the language that they use their chat in, as BCP 47 has it: 'de-CH'; none where the chat does not tell. */
  readonly locale?: string;
  readonly [minted]: true;
}

/** Where they spoke. */
export interface Place {
  readonly spot: Spot;
  readonly channel?: ChannelId;
  /** The committee the conversation is bound to; none in direct messages and unbound channels. */
  readonly committee?: Committee;
  /** A company's own lane: what is recorded here is that company's alone. */
  readonly internal: boolean;
  readonly audience: Audience;
}

/** Reads of the directory, all of one alliance. */
export interface DirectoryReads {
  committee(id: CommitteeId): Promise<Committee | undefined>;
  /** By key; closed ones only with `all`. */
  committees(alliance: AllianceId, all?: 'all'): Promise<readonly Committee[]>;
  partners(alliance: AllianceId): Promise<readonly Partner[]>;
  /** Names by id; a person who is gone is missing. */
  names(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>>;
  /** Seats in force today, and with `all` those that begin later too. */
  seats(committee: CommitteeId, all?: 'all'): Promise<readonly Seat[]>;
  /** The people who run the alliance for a partner. */
  professionals(partner: PartnerId): Promise<readonly Somebody[]>;
  /** The company that somebody acts for in an alliance; none for those who take no part in it. */
  partnerOf(alliance: AllianceId, person: PersonId): Promise<Partner | undefined>;
  /** Days on which a company does not work besides weekends, with their names. */
  holidays(partner: PartnerId): Promise<ReadonlyMap<Day, string>>;
  /** The absence of somebody that a day falls into. */
  absence(alliance: AllianceId, person: PersonId, day: Day): Promise<Absence | undefined>;
  /** What the alliance is called. */
  allianceName(alliance: AllianceId): Promise<string>;
  /** The zone in which an alliance speaks when a reader's own is not known. */
  zone(alliance: AllianceId): Promise<Zone>;
}

export interface Read {
  readonly db: Db;
  readonly now: Instant;
  readonly directory: DirectoryReads;
  /** Where browsers find Entente, for links; none where whoever runs it has not said, or nobody will follow them. */
  readonly publicUrl?: string;
}

/** One thing that happened to a subject. */
export interface HistoryEntry {
  readonly seq: number;
  readonly at: Instant;
  readonly person?: PersonId;
  readonly verb: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Work extends Read {
  readonly db: Tx;
  readonly alliance: AllianceId;
  /** Tells when it was made: what must stay anonymous needs another. */
  newId(): string;
  /**
   * The next number of a series such as 'D', counted without gaps per alliance; with `only`, per company: a gap in the
   * shared series would tell the others that something was recorded.
   */
  nextNumber(series: string, only?: PartnerId): Promise<number>;
  /**
   * Writes history and redraws every card of the subject. Without `only`, `detail` is read by all companies'
   * verification; with it, the entry stands in that company's own chain, and only its own cards are redrawn.
   */
  record(subject: Subject, verb: string, detail: Readonly<Record<string, unknown>>, only?: PartnerId): Promise<void>;
  /**
   * The same, whose history names nobody: for what all may read of what somebody did in private, such as the one colour
   * that the positions of a company come to.
   */
  unsigned(): Work;
  /** What happened to a subject, oldest first; with `only`, in that company's own chain. */
  history(subject: Subject, only?: PartnerId): Promise<readonly HistoryEntry[]>;
  /**
   * A card in each channel bound to the committee; with `only`, in that company's internal lanes and nowhere else.
   * Saying it twice makes one card.
   */
  announce(subject: Subject, committee: CommitteeId, only?: PartnerId): Promise<void>;
  /** A card in that person's direct messages, or in those of each of these. */
  tell(people: PersonId | readonly PersonId[], subject: Subject): Promise<void>;
  /** An alarm; the same key replaces. Past `until` it is dropped instead of called. */
  wakeAt(key: string, at: Instant, options?: { readonly until?: Instant }): Promise<void>;
  cancelWake(key: string): Promise<void>;
  /**
   * Keeps what a record was made from, and tells the feature that keeps that; see `Feature.led`. What is recorded for a
   * committee is from what it is at just then by itself, unless this was said before; see `Feature.occasion`.
   */
  cameFrom(made: Subject, from: Subject): Promise<void>;
  /** What all features offer to a committee's next meeting, as all its companies may read it. */
  offers(committee: CommitteeId): Promise<readonly AgendaOffer[]>;
  /** 32 bytes that only whoever runs Entente could make again, for codes that are shown and not kept. */
  derive(purpose: string): Uint8Array;
}

export interface Ctx extends Work {
  readonly actor: Actor;
  readonly place: Place;
  readonly quote?: Quote;
  /** Who reads the place, for commands and buttons that ask; none when the platform could not tell. */
  readonly readers?: Readers;
  /** What keeps a committee from being closed, as far as it may be read here: every feature's open records. */
  pending(committee: CommitteeId): Promise<readonly ListItem[]>;
  /** What somebody who loses a seat would leave behind, as far as it may be read here. */
  leaves(person: PersonId, committee: CommitteeId): Promise<readonly ListItem[]>;
  /** A record's card for whoever asks, whatever feature keeps it. @throws Refusal where it may not be read */
  open(subject: Subject): Promise<View>;
  /** The committee for which the actor makes a record of this feature from another's. @throws Refusal; see `Feature.source` */
  sourceFor(from: Subject): Promise<CommitteeId | undefined>;
  /** See `Feature.recused`: of what the record was made from, else of what its committee is at just now. */
  recusedFrom(made: Subject, committee: CommitteeId): Promise<string | undefined>;
  /** What happened since a moment, as far as it may be read here, the newest first; each record once. */
  happened(since: Instant): Promise<readonly Happening[]>;
  /** What was not sent in the last two weeks because it came too late, the latest first. */
  skipped(): Promise<readonly SkippedAlarm[]>;
  /** @throws Refusal while the actor's company cannot do without one of its people, saying what to do first */
  checkParting(person: PersonId): Promise<void>;
  /**
   * Forgets one of the people of the actor's company: ends their part in the alliance and, with the last one they take
   * part in, takes everything that tells who they are. False while another one keeps their profile. @throws Refusal
   */
  forget(person: PersonId): Promise<boolean>;
}

/** A call of somebody who need not take part in anything yet: setting up an alliance, joining one. */
export interface Visit {
  readonly db: Tx;
  readonly now: Instant;
  readonly directory: DirectoryReads;
  newId(): string;
  readonly caller: Caller;
  readonly spot: Spot;
  readonly profile: Profile;
  /** The caller's workspace as its people know it. */
  readonly workspaceName: string;
  /** Who the caller is in each alliance that their workspace takes part in. */
  readonly actors: readonly Actor[];
  /** See Work. */
  derive(purpose: string): Uint8Array;
  /** Makes two people one, in the directory and in whatever a feature keeps of them. */
  merge(kept: PersonId, gone: PersonId): Promise<void>;
  /**
   * What can be done in an alliance. Only one made in this call may `record`: the call holds no lock on any other.
   */
  work(alliance: AllianceId, person?: PersonId): Work;
}
