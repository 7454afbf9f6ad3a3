/* What every picture of a meeting has in common. */
import type { Audience, Committee, Partner, Read, Seat } from '../../core/context.js';
import { momentText } from '../../core/days.js';
import { readingOnce } from '../../core/directory/reads.js';
import type { About } from '../../core/feature.js';
import type { CommitteeId, Instant, PartnerId, PersonId } from '../../core/ids.js';
import type { Button, Fact, Subject, Text, View } from '../../core/view.js';
import type { Meeting } from './rules.js';

/** Of a subject of this feature: the meeting itself has no kind before its id. */
export const subjectOf = (id: string): Subject => ({ feature: 'meetings', id });
export const itemSubject = (id: string): Subject => subjectOf(`item:${id}`);
export const planSubject = (committee: CommitteeId): Subject => subjectOf(`plan:${committee}`);

/** What one company says to itself before a meeting. */
export const internalSubject = (partner: PartnerId, meeting: string): Subject =>
  subjectOf(`internal:${partner}:${meeting}`);

/** What people are told directly is about a meeting as it was to begin then: one that was moved is told of anew. */
export const hourSubject = (meeting: string, startsAt: Instant): Subject => subjectOf(`hour:${meeting}:${startsAt}`);
export const unclosedSubject = (meeting: string, startsAt: Instant): Subject =>
  subjectOf(`unclosed:${meeting}:${startsAt}`);

/** The meeting and its beginning in what follows 'hour:' and 'unclosed:'. */
export const readStart = (rest: string): { readonly meeting: string; readonly startsAt: Instant } => {
  const at = rest.lastIndexOf(':');
  return { meeting: rest.slice(0, at), startsAt: Number(rest.slice(at + 1)) };
};
/** A company's own preparation of a meeting. */
export const minutesSubject = (meeting: string): Subject => subjectOf(`minutes:${meeting}`);
export const proposalSubject = (id: string): Subject => subjectOf(`proposal:${id}`);
export const documentSubject = (id: string): Subject => subjectOf(`document:${id}`);
/** A file for somebody's calendar. */
export const fileSubject = (id: string): Subject => subjectOf(`invite:${id}`);
/** A series as calendars have it, for its buttons. */
export const seriesSubject = (id: string): Subject => subjectOf(`calendar:${id}`);

/** 'item' and '7' of 'item:7'; the kind of a meeting itself is ''. */
export const readKind = (id: string): { readonly kind: string; readonly rest: string } => {
  const at = id.indexOf(':');
  return at < 0 ? { kind: '', rest: id } : { kind: id.slice(0, at), rest: id.slice(at + 1) };
};

/** What the feature offers for subjects of one kind; `id` comes without it. */
export interface SubjectKind {
  present?(id: string, read: Read, audience: Audience): Promise<View | undefined>;
  about?(id: string, read: Read, audience: Audience): Promise<About | undefined>;
}

/** 'JSC · Thu 11 Dec 2026, 14:00 Europe/Zurich' */
export const titleOf = (meeting: Pick<Meeting, 'startsAt' | 'zone'>, committee: Pick<Committee, 'key'>): string =>
  `${committee.key} · ${momentText(meeting.startsAt, meeting.zone)}`;

/** What a part of a meeting's card needs besides the meeting. What its parts read in common is read once. */
export interface Looking {
  readonly read: Read;
  readonly audience: Audience;
  readonly committee: Committee;
  readonly partners: readonly Partner[];
  /** Of today; of the day of a meeting that is to come may be others. */
  readonly seats: readonly Seat[];
}

export const lookingAt = async (
  committee: CommitteeId,
  given: Read,
  audience: Audience,
): Promise<Looking | undefined> => {
  const read = readingOnce(given);
  const found = await read.directory.committee(committee);
  if (!found) return undefined;
  const partners = await read.directory.partners(audience.alliance);
  return { read, audience, committee: found, partners, seats: await read.directory.seats(committee) };
};

/** One noun's share of a meeting's card. */
export interface CardPart {
  readonly facts?: readonly Fact[];
  readonly buttons?: readonly Button[];
  readonly footer?: readonly Text[];
}

export type DrawPart = (meeting: Meeting, looking: Looking) => Promise<CardPart>;

export const namesIn = ({ read }: Looking, people: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>> =>
  read.directory.names(people);
