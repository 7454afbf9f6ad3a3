/* What a copy, and whoever checks the log, is told of an action besides its text: columns as facts, and back. */
import { factsFrom, momentIn, momentText } from '../../core/copy/facts.js';
import type { Facts, Placed } from '../../core/copy/row.js';
import type { ActionRow } from './store.js';

/** People and companies stand in them by their ids; see core/copy/facts.ts. */
export const factsOf = (row: ActionRow): Facts =>
  factsFrom({
    owner: row.ownerId,
    ownerFor: row.ownerFor,
    dueOn: row.dueOn,
    dueWas: row.dueWas,
    ...(row.dueBy !== null && { dueBy: row.dueBy, dueFor: '' }),
    reason: row.reason,
    ...{ givenBy: row.givenBy, givenFor: '', givenAt: momentText(row.givenAt) },
    ...(row.changedBy !== null && {
      ...{ changedBy: row.changedBy, changedFor: '' },
      changedAt: row.changedAt === null ? null : momentText(row.changedAt),
    }),
    statusBefore: row.statusWas,
    reasonBefore: row.reasonWas,
  });

/** The other way, of names. What is always told was looked at before. */
export const columnsFrom = (facts: Facts, placed: Placed) => {
  const person = (name = '', company = '') => placed.person({ name, company, at: 0 });
  const { owner, ownerFor = '', givenBy, givenFor, dueBy, dueFor, changedBy, changedFor } = facts;
  return {
    ownerId: person(owner, ownerFor),
    ownerFor: placed.partner(ownerFor),
    givenBy: person(givenBy, givenFor),
    givenAt: momentIn(facts.givenAt) ?? 0,
    dueOn: facts.dueOn ?? '',
    dueWas: facts.dueWas ?? null,
    dueBy: dueBy === undefined ? null : person(dueBy, dueFor),
    reason: facts.reason ?? null,
    changedBy: changedBy === undefined ? null : person(changedBy, changedFor),
    changedAt: momentIn(facts.changedAt) ?? null,
    statusWas: facts.statusBefore ?? null,
    reasonWas: facts.reasonBefore ?? null,
  };
};
