/*
 * A record as a copy holds it: whole, in words that outlive Entente. Every feature's records fit, so that the files a
 * copy is made of need no feature's code.
 */

import type { Audience, Read } from '../context.js';
import type { AllianceId, CommitteeId, Instant, PartnerId, PersonId } from '../ids.js';

/** Somebody who did something, by name: a copy is read where nobody knows ids. */
export interface Signature {
  readonly name: string;
  /** Empty where it is not known any more. */
  readonly company: string;
  readonly at: Instant;
}

/** One wording of a record; a record that nobody rewords has one. */
export interface Version {
  readonly number: number;
  readonly text: string;
  readonly because?: string;
  readonly insteadOf?: string;
  /** Why it took the place of the one before. */
  readonly reason?: string;
  readonly by: Signature;
  readonly confirmed: readonly Signature[];
}

/** Under names of their own; see facts.ts for those that tell of somebody. */
export type Facts = Readonly<Record<string, string>>;

/** One thing that was done to a record. */
export interface Happened {
  /** The feature's own word: 'hand-over'. */
  readonly verb: string;
  readonly at: Instant;
  /** Nobody where Entente did it by itself. */
  readonly by?: Pick<Signature, 'name' | 'company'>;
  /** What came of it, as far as no wording tells that. */
  readonly told: Facts;
}

export interface Row {
  /** The record's id in Entente, which the history names it by. */
  readonly id: string;
  /** 'decision' */
  readonly kind: string;
  /** 'D-14' */
  readonly label: string;
  readonly number: number;
  /** The committee's key. */
  readonly committee: string;
  /** The company whose alone it is; none for what all share. */
  readonly own?: string;
  /** The feature's own word: 'agreed'. */
  readonly status: string;
  readonly saidAt?: Instant;
  /** The message it was taken from, where the reader can open it. */
  readonly link?: string;
  /** Oldest first, at least one; the last one is in force. */
  readonly versions: readonly [Version, ...Version[]];
  /** One line of a table in the document, instead of a section of its own. */
  readonly brief?: true;
  /** What else the feature keeps of it. */
  readonly facts: Facts;
  /** Oldest first. */
  readonly happened: readonly Happened[];
}

/** Reads page by page, each at one moment of its own: nothing is held open while a long file is written. */
export interface Pages {
  read<T>(work: (read: Read) => Promise<T>): Promise<T>;
}

/** Which of a feature's records are wanted, in the order of their numbers. */
export interface Asked {
  readonly audience: Audience;
  readonly committee?: CommitteeId;
  /** These alone, at most a few hundred. */
  readonly ids?: readonly string[];
}

/** What a row's names stand for where it is taken back. */
export interface Placed {
  readonly alliance: AllianceId;
  readonly committee: CommitteeId;
  readonly own?: PartnerId;
  /** The company of that name in the alliance. @throws Error for none, which is looked at before */
  partner(name: string): PartnerId;
  /** Somebody of that company; whoever is not known there is kept by name alone. */
  person(who: Signature): PersonId;
  /**
   * The id of the record that is called so among those that the row's readers read, and of parts among the shared ones; it
   * may follow later in the copy.
   */
  record(label: string): string;
}
