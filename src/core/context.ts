/*
 * What a handler is given. Everything it does through these commits together, or not at all.
 *
 *   Read     one database, one moment, and the directory
 *   Work     a Read that may also write: wakes use it
 *   Ctx      a Work with somebody acting somewhere
 */
import type { Db, Tx } from './db/store.js';
import type { AllianceId, ChannelId, CommitteeId, Instant, PartnerId, PersonId, Zone } from './ids.js';
import type { Quote, Spot } from './platform.js';
import type { Subject } from './view.js';

declare const minted: unique symbol;

/** The partners whose people can read a place. Only the directory mints one; a read without one does not compile. */
export interface Audience {
  readonly alliance: AllianceId;
  readonly partners: readonly PartnerId[];
  readonly [minted]: true;
}

export type Role = 'co-chair' | 'member' | 'alternate' | 'alliance professional' | 'observer' | 'guest';

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
}

export interface Seat {
  readonly committee: CommitteeId;
  readonly person: PersonId;
  readonly personName: string;
  readonly partner: PartnerId;
  readonly role: Role;
}

/** Somebody who acts, with their seats as of now. Only the directory mints one. */
export interface Actor {
  readonly person: PersonId;
  readonly name: string;
  readonly partner: Partner;
  readonly alliance: AllianceId;
  /** Runs the alliance for their company. */
  readonly professional: boolean;
  readonly seats: readonly Seat[];
  readonly zone: Zone;
  readonly [minted]: true;
}

/** Where they spoke. */
export interface Place {
  readonly spot: Spot;
  readonly channel?: ChannelId;
  /** The committee the conversation is bound to; none in direct messages and unbound channels. */
  readonly committee?: Committee;
  readonly audience: Audience;
}

/** Reads of the directory, all of one alliance. */
export interface DirectoryReads {
  committee(id: CommitteeId): Promise<Committee | undefined>;
  committees(alliance: AllianceId): Promise<readonly Committee[]>;
  partners(alliance: AllianceId): Promise<readonly Partner[]>;
  seats(committee: CommitteeId): Promise<readonly Seat[]>;
  /** Names by id; a person who is gone is missing. */
  names(people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>>;
  /** The people who run the alliance for a partner. */
  professionals(partner: PartnerId): Promise<readonly { readonly id: PersonId; readonly name: string }[]>;
  /** The zone in which an alliance speaks when a reader's own is not known. */
  zone(alliance: AllianceId): Promise<Zone>;
}

export interface Read {
  readonly db: Db;
  readonly now: Instant;
  readonly directory: DirectoryReads;
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
  /** The next number of a series such as 'D', counted per alliance without gaps. */
  nextNumber(series: string): Promise<number>;
  /** Writes history and redraws every card of the subject. `detail` is read by both companies' verification: no secrets. */
  record(subject: Subject, verb: string, detail: Readonly<Record<string, unknown>>): Promise<void>;
  /** What happened to a subject, oldest first. */
  history(subject: Subject): Promise<readonly HistoryEntry[]>;
  /** A card in each channel bound to the committee. Saying it twice makes one card. */
  announce(subject: Subject, committee: CommitteeId): Promise<void>;
  /** A card in that person's direct messages. */
  tell(person: PersonId, subject: Subject): Promise<void>;
  /** An alarm; the same key replaces. Past `until` it is dropped instead of called. */
  wakeAt(key: string, at: Instant, options?: { readonly until?: Instant }): Promise<void>;
  cancelWake(key: string): Promise<void>;
}

export interface Ctx extends Work {
  readonly actor: Actor;
  readonly place: Place;
  readonly quote?: Quote;
}
