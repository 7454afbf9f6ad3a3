/* The names that a page of records needs: of people, companies and committees. */
import type { Read } from '../context.js';
import { partnerOfKeptName } from '../directory/kept-names.js';
import type { AllianceId, PersonId } from '../ids.js';
import { nameIn } from '../sentences.js';
import type { Signature } from './row.js';

export interface Names {
  /** By the company they act for, unless it is told. */
  sign(person: string, at: number, company?: string): Signature;
  company(id: string): string;
  /** Its key. */
  committee(id: string): string;
}

const companiesOf = async (
  { directory }: Read,
  alliance: AllianceId,
  people: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, string>> => {
  const found = new Map<PersonId, string>();
  for (const person of people) {
    const partner = await directory.partnerOf(alliance, person);
    if (partner) found.set(person, partner.name);
  }
  return found;
};

export const namesFor = async (read: Read, alliance: AllianceId, people: readonly string[]): Promise<Names> => {
  const { directory } = read;
  const ids = [...new Set(people)] as PersonId[];
  const names = await directory.names(ids);
  const companies = await companiesOf(read, alliance, ids);
  const partners = new Map((await directory.partners(alliance)).map(({ id, name }) => [id as string, name]));
  const committees = new Map((await directory.committees(alliance, 'all')).map(({ id, key }) => [id as string, key]));
  return {
    sign: (person, at, company) => ({
      name: nameIn(names, person as PersonId),
      company: company ?? companies.get(person as PersonId) ?? partners.get(partnerOfKeptName(person) ?? '') ?? '',
      at,
    }),
    company: (id) => partners.get(id) ?? '',
    committee: (id) => committees.get(id) ?? '',
  };
};
