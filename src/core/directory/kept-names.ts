/*
 * People whom a copy names and whom nobody here is: they are kept by name alone, without an account, so nobody can act as
 * them. Their id says for which company they acted, and is the same each time.
 */
import { createHash } from 'node:crypto';
import type { Tx } from '../db/store.js';
import type { PartnerId, PersonId } from '../ids.js';
import { directoryTables } from './tables.js';

const PREFIX = 'imported';

export const keptNameId = (partner: PartnerId | '', name: string): PersonId =>
  `${PREFIX}/${partner}/${createHash('sha256').update(name).digest('hex').slice(0, 24)}` as PersonId;

/** The company of somebody who is kept by name alone; nothing for everybody else. */
export const partnerOfKeptName = (person: string): string | undefined => {
  const [prefix, partner] = person.split('/');
  return prefix === PREFIX ? partner : undefined;
};

export const insertKeptNames = async (tx: Tx, names: ReadonlyMap<PersonId, string>): Promise<void> => {
  const { people } = directoryTables(tx);
  for (const [id, name] of names) await tx.insert(people).values({ id, name }).onConflictDoNothing();
};
