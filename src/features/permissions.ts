/*
 * Who may say and press what. One line for each command and each button of every feature; a test fails when one is
 * missing, and another reads this table as policy.
 */
import {
  anyOf,
  author,
  authorOr,
  everyone,
  organisers,
  type Permissions,
  professionals,
  saying,
  seated,
  stewards,
  voters,
} from '../core/permission.js';

export const permissions: Permissions = {
  // committees
  committee: professionals,
  bind: stewards,
  unbind: stewards,
  'committees.form': professionals,
  'committees.add': professionals,
  'committees.edit': professionals,
  'committees.rename': professionals,
  'committees.ask-close': professionals,
  'committees.close': professionals,
  'committees.bind': stewards,
  'committees.unbind': stewards,

  // decisions
  decision: seated,
  'decisions.record': seated,
  'decisions.confirm': voters,
  'decisions.suggest': anyOf(voters, organisers, author),
  'decisions.revise': anyOf(voters, organisers, author),
  'decisions.withdraw': saying(
    authorOr(organisers),
    'Only its author or an alliance professional can withdraw a decision. Suggest a change instead.',
  ),
  'decisions.history': everyone,
  'decisions.undo-record': saying(
    author,
    'Only who recorded a decision can undo it. Use Withdraw or Suggest a change on its card.',
  ),
  'decisions.undo-confirm': voters,
  'decisions.undo-withdraw': authorOr(organisers),

  // status
  status: professionals,
  'status.retry': professionals,
};
