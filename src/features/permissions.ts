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
  inPerson,
  ofOwnCompany,
  organisers,
  owner,
  type Permission,
  type Permissions,
  professionals,
  saying,
  seated,
  stewards,
  voters,
} from '../core/permission.js';
import { meetingPermissions } from './meeting-permissions.js';

const mayGiveAway = saying(
  authorOr(organisers),
  'Only its owner, whoever gave it and an alliance professional can drop an action, hand it over or move it. Ask one of them.',
);

const absent: Permission = saying(
  anyOf(ofOwnCompany(professionals), author),
  'Only they themselves and the alliance professional of their company say when somebody is out. Ask them.',
);

export const permissions: Permissions = {
  // actions
  action: seated,
  'actions.record': seated,
  'actions.begin': seated,
  'actions.accept': owner('accept this'),
  'actions.ask-date': anyOf(mayGiveAway, owner('change its date')),
  'actions.date': anyOf(mayGiveAway, owner('change its date')),
  'actions.ask-decline': owner('decline this'),
  'actions.decline': owner('decline this'),
  'actions.done': owner('say that this is done'),
  'actions.ask-block': owner('say that this is blocked'),
  'actions.block': owner('say that this is blocked'),
  'actions.unblock': owner('say that this is not blocked any more'),
  'actions.ask-drop': anyOf(mayGiveAway, owner('drop this')),
  'actions.drop': anyOf(mayGiveAway, owner('drop this')),
  'actions.ask-hand-over': anyOf(mayGiveAway, owner('hand this over')),
  'actions.hand-over': anyOf(mayGiveAway, owner('hand this over')),
  'actions.history': everyone,
  'actions.undo-record': saying(author, 'Only who recorded an action can undo it. Use Drop because on its card.'),
  'actions.undo-accept': owner('take this back'),
  'actions.undo-done': owner('take this back'),
  'actions.undo-drop': anyOf(mayGiveAway, owner('take this back')),

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
  // calendar
  calendar: inPerson,
  'calendar.renew-address': inPerson,
  'calendar.stop-address': inPerson,
  out: everyone,
  back: everyone,
  holidays: everyone,
  mute: everyone,
  unmute: everyone,
  'calendar.form': everyone,
  'calendar.set': everyone,
  'calendar.cover': absent,
  'calendar.back': absent,
  'calendar.undo': absent,
  'calendar.remove': ofOwnCompany(professionals),
  'calendar.unmute': everyone,
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
  'decisions.begin': seated,
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

  // log
  log: everyone,
  catchup: everyone,
  'log.page': everyone,
  'log.catchup': everyone,

  ...meetingPermissions,

  // exports
  export: professionals,
  'exports.accept': professionals,
  'exports.decline': professionals,

  // people
  link: anybody,
  'people.link': anybody,
  forget: inPerson,
  'people.forget': inPerson,
  'people.keep': everyone,
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
