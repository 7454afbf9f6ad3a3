/* The addresses of records, which anybody may have: they say nothing but what the record is called. Pure. */
import type { AllianceId } from './ids.js';

/** What a link names. */
export interface RecordLink {
  readonly alliance: AllianceId;
  readonly label: string;
}

const PATH = /^\/r\/([\w-]{1,80})\/([A-Z]{1,3}-\d{1,9})$/;

/** Where a record is linked to; `publicUrl` is where browsers find Entente. */
export const linkTo = (publicUrl: string, { alliance, label }: RecordLink): string =>
  `${publicUrl.replace(/\/$/, '')}/r/${alliance}/${label}`;

/** Nothing for any other address. */
export const readLink = (url: string): RecordLink | undefined => {
  if (!URL.canParse(url)) return undefined;
  const [, alliance, label] = PATH.exec(new URL(url).pathname) ?? [];
  return alliance && label ? { alliance: alliance as AllianceId, label } : undefined;
};
