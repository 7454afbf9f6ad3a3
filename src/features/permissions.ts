/*
 * Who may say and press what. One line for each command and each button of every feature; a test fails when one is
 * missing, and another reads this table as policy.
 */
import {
  anybody,
  anyOf,
  author,
  authorOr,
  chairs,
  everyone,
  ofOwnCompany,
  organisers,
  type Permissions,
  professionals,
  saying,
  seated,
  stewards,
  voters,
} from '../core/permission.js';

export const permissions: Permissions = {
  // alliances
  setup: anybody,
  join: anybody,
  invite: professionals,
  'alliances.begin': anybody,
  'alliances.enter': anybody,
  'alliances.setup': anybody,
  'alliances.look': anybody,
  'alliances.join': anybody,
  'alliances.confirm': professionals,
  'alliances.decline': professionals,
  'alliances.invite': professionals,
  'alliances.show': professionals,
  'alliances.renew': professionals,
  'alliances.withdraw': professionals,
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
  'decisions.ask-dispute': voters,
  'decisions.dispute': voters,
  'decisions.take-back': voters,
  'decisions.supersede': seated,
  'decisions.amend': seated,
  'decisions.replace': seated,
  'decisions.file': seated,
  'decisions.still-right': chairs,
  'decisions.revisit': chairs,
  'decisions.ask-review': chairs,
  'decisions.review-on': chairs,
  'decisions.undo-review': chairs,
  why: everyone,

  // people
  link: anybody,
  'people.link': anybody,
  // seats
  roster: everyone,
  seat: professionals,
  unseat: professionals,
  'seats.roster': everyone,
  'seats.form': professionals,
  'seats.seat': professionals,
  'seats.unseat': professionals,
  'seats.undo': ofOwnCompany(professionals),

  // status
  status: professionals,
  'status.retry': professionals,
};
