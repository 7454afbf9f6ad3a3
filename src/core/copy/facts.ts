/*
 * What a feature keeps of a record besides its wording, each under a name of its own. Somebody stands in two of them,
 * 'withdrawnBy' and 'withdrawnFor', or 'owner' and 'ownerFor': who, and for which company. In a copy both are names; where
 * Entente keeps them both are ids, so that somebody who is forgotten has no name there either. Pure.
 */
import type { Names } from './names.js';
import type { Facts, Placed, Signature } from './row.js';

interface Signed {
  /** The names of the facts that tell who and for which company. */
  readonly who: string;
  readonly company: string;
}

export const signedIn = (facts: Facts): readonly Signed[] =>
  Object.keys(facts).flatMap((company): Signed[] => {
    if (!company.endsWith('For')) return [];
    const stem = company.slice(0, -'For'.length);
    const who = [`${stem}By`, stem].find((name) => facts[name] !== undefined);
    return who === undefined ? [] : [{ who, company }];
  });

/** Whoever is named in them. */
export const peopleIn = (facts: Facts): readonly Pick<Signature, 'name' | 'company'>[] =>
  signedIn(facts).map(({ who, company }) => ({ name: facts[who] ?? '', company: facts[company] ?? '' }));

/** Ids in the place of names. */
export const placedFacts = (facts: Facts, placed: Placed): Facts => {
  const changed = signedIn(facts).flatMap(({ who, company }): [string, string][] => {
    const of = { name: facts[who] ?? '', company: facts[company] ?? '', at: 0 };
    return [
      [who, placed.person(of)],
      [company, of.company && placed.partner(of.company)],
    ];
  });
  return { ...facts, ...Object.fromEntries(changed) };
};

/** Names in the place of ids; whose company is not told is looked up. */
export const namedFacts = (facts: Facts, names: Names): Facts => {
  const changed = signedIn(facts).flatMap(({ who, company }): [string, string][] => {
    const told = facts[company] || undefined;
    const { name, company: of } = names.sign(facts[who] ?? '', 0, told && names.company(told));
    return [
      [who, name],
      [company, of],
    ];
  });
  return { ...facts, ...Object.fromEntries(changed) };
};

/** Without those that are not told. */
export const factsFrom = (all: Readonly<Record<string, string | null | undefined>>): Facts =>
  Object.fromEntries(
    Object.entries(all).flatMap(([name, text]) => (text === null || text === undefined ? [] : [[name, text]])),
  );

/** As copies write moments. */
export const momentText = (at: number): string => new Date(at).toISOString();

/** @returns nothing for none, and for what is no moment */
export const momentIn = (text: string | undefined): number | undefined => {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) || new Date(at).toISOString() !== text ? undefined : at;
};
