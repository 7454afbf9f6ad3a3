declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

/** Ids that give access to something are branded, so that one kind can never stand for another. All are opaque text. */
export type AllianceId = Brand<string, 'alliance'>;
export type PartnerId = Brand<string, 'partner'>;
export type PersonId = Brand<string, 'person'>;
export type CommitteeId = Brand<string, 'committee'>;
export type ChannelId = Brand<string, 'channel'>;
export type CardId = Brand<string, 'card'>;

/** A moment: milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;
/** A calendar day without a time or zone: 'YYYY-MM-DD'. */
export type Day = string;
/** A time on a calendar day as a clock on the wall shows it, in a zone told beside it: 'YYYY-MM-DDTHH:MM'. */
export type WallTime = string;
/** An IANA time zone name, such as 'Europe/Zurich'. */
export type Zone = string;

export type PlatformId = 'slack' | 'teams';

/** As sentences call them. */
export const platformNames: Readonly<Record<PlatformId, string>> = { slack: 'Slack', teams: 'Teams' };
