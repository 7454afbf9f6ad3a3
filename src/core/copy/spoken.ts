/* Names that copies use, in words for people. Pure. */
import { signedIn } from './facts.js';
import type { Facts, Signature } from './row.js';

export const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** 'withdrawnBy' is 'Withdrawn by', and 'hand-over' is 'Hand over'. */
export const spoken = (name: string): string =>
  capital(name.replaceAll('-', ' ').replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`));

/** 'Ana Ruiz (Acme Bio)' */
export const whoOf = ({ name, company }: Pick<Signature, 'name' | 'company'>): string =>
  `${name}${company ? ` (${company})` : ''}`;

/** '2026-11-23 09:00' in UTC. */
export const minute = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const readable = (text: string): string => (ISO.test(text) ? minute(Date.parse(text)) : text);

/** Labels and what they say; who and for which company in one. */
export const spokenFacts = (facts: Facts): readonly (readonly [string, string])[] => {
  const signed = signedIn(facts);
  const companies = new Set(signed.map(({ company }) => company));
  const companyOf = new Map(signed.map(({ who, company }) => [who, facts[company] ?? '']));
  return Object.entries(facts)
    .filter(([name]) => !companies.has(name))
    .map(([name, text]) => [
      spoken(name),
      companyOf.has(name) ? whoOf({ name: text, company: companyOf.get(name) ?? '' }) : readable(text),
    ]);
};

export const spokenLine = (facts: Facts): string =>
  spokenFacts(facts)
    .map(([name, text]) => `${name}: ${text}`)
    .join('; ');
