/*
 * What every feature says in the same words. Pure: rules.ts may use it.
 */
import type { Partner } from './context.js';
import type { PersonId } from './ids.js';
import type { Visibility } from './visibility.js';

/** 'Acme, Nova and Zeta' */
export const listNames = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

export const namesOf = (partners: readonly Pick<Partner, 'name'>[]): string =>
  listNames(partners.map((partner) => partner.name));

const FORMER = 'a former member';

/** Somebody's name, as DirectoryReads.names gave it. */
export const nameIn = (names: ReadonlyMap<PersonId, string>, person: PersonId): string => names.get(person) ?? FORMER;

/** What stands for the name of somebody who was forgotten. Of several companies none is named: each knows one. */
export const formerName = (companies: readonly string[]): string => {
  const [company, ...others] = [...new Set(companies)];
  return company === undefined || others.length > 0 ? FORMER : `${FORMER} of ${company}`;
};

/** 'Mei Sato (Nova Pharma)', to begin a sentence with; whoever was forgotten has their company in their name. */
export const whoOf = (name: string, company: string): string =>
  name.startsWith(FORMER) ? name.replace(/^a/, 'A') : `${name} (${company})`;

/** Those whose people read a record of this visibility, and whose votes it needs. */
export const concerned = (visibility: Visibility, partners: readonly Partner[]): readonly Partner[] =>
  visibility ? partners.filter((partner) => partner.id === visibility) : partners;

/** Who will see it, said before it is written and with each answer: 'Acme and Nova will see this'. */
export const audienceLine = (visibility: Visibility, partners: readonly Partner[]): string =>
  `${visibility ? 'Only ' : ''}${namesOf(concerned(visibility, partners))} will see this`;

/** The same of what stands there: 'Acme and Nova see this'. */
export const seenLine = (visibility: Visibility, partners: readonly Partner[]): string => {
  const readers = concerned(visibility, partners);
  return `${visibility ? 'Only ' : ''}${namesOf(readers)} ${readers.length > 1 ? 'see' : 'sees'} this`;
};

/** The first characters of what somebody wrote, `max` at most. */
export const cut = (text: string, max: number): string => [...text].slice(0, max).join('');

/** On one line, at most so many characters; that it is not all shows. */
export const shorten = (text: string, max: number): string => {
  const line = text.replace(/\s+/gu, ' ').trim();
  return [...line].length <= max ? line : `${cut(line, max - 1)}…`;
};

/** What a form takes over of a message; the hint says that it is not all. */
export const taken = (text: string, max: number): { readonly text: string; readonly hint?: string } => {
  const fits = cut(text, max);
  if (fits === text) return { text };
  return { text: fits, hint: `The message is longer: here are its first ${max.toLocaleString('en')} characters.` };
};
