import type { HomeView, View } from '@slack/types';
import type { SlackView } from '../world.js';
import { acceptView, acquaintance, type Desk, SlackFault } from './desk.js';
import { LIMITS } from './limits.js';
import type { Method } from './methods.js';

interface Shown {
  readonly id: string;
  readonly view: View;
  readonly hash: string;
  readonly rootId?: string;
  readonly previousId?: string;
}

/** The view as the API and payloads show it. */
export const viewObject = ({ world: { slack }, appId, team }: Desk, shown: Shown, values: object = {}) => ({
  private_metadata: '',
  callback_id: '',
  external_id: '',
  ...shown.view,
  id: shown.id,
  team_id: team.id,
  state: { values },
  hash: shown.hash,
  previous_view_id: shown.previousId ?? null,
  root_view_id: shown.rootId ?? shown.id,
  app_id: appId,
  app_installed_team_id: team.id,
  bot_id: `B${slack.bot.id.slice(1)}`,
});

const checkSize = (view: unknown): void => {
  if (Buffer.byteLength(JSON.stringify(view ?? null)) > LIMITS.viewBytes) throw new SlackFault('view_too_large');
};

const checkExternalId = (desk: Desk, view: View, self?: string): void => {
  const taken = [...desk.world.slack.dialogs.values()].some(
    (other) => other.id !== self && other.view.external_id === view.external_id,
  );
  if (view.external_id && taken) throw new SlackFault('duplicate_external_id');
};

const accepted = (desk: Desk, view: unknown, self?: string): View => {
  checkSize(view);
  const modal = acceptView(desk, view, 'modal') as View;
  checkExternalId(desk, modal, self);
  return modal;
};

/** The person's open modals, the one on top last. */
export const stackOf = ({ world }: Desk, person: string): SlackView[] =>
  [...world.slack.dialogs.values()].filter((dialog) => dialog.person === person);

const show = (desk: Desk, dialog: SlackView): SlackView => {
  desk.world.slack.dialogs.set(dialog.id, dialog);
  desk.world.touch();
  return dialog;
};

/** @throws SlackFault when the view is not a valid modal, or the stack is full */
export const pushView = (desk: Desk, person: string, view: unknown): SlackView => {
  const stack = stackOf(desk, person);
  const below = stack.at(-1);
  if (stack.length >= LIMITS.modalStack) throw new SlackFault('push_limit_reached');
  const id = desk.ids.next('V');
  return show(desk, {
    side: 'slack',
    id,
    person,
    view: accepted(desk, view),
    errors: {},
    changes: 0,
    team: desk.team.id,
    rootId: below?.rootId ?? id,
    hash: desk.ids.next(''),
    ...(below ? { previousId: below.id } : {}),
  });
};

/** @throws SlackFault when the view is not a valid modal */
export const replaceView = (desk: Desk, dialog: SlackView, view: unknown): SlackView =>
  show(desk, {
    ...dialog,
    view: accepted(desk, view, dialog.id),
    errors: {},
    changes: dialog.changes + 1,
    hash: desk.ids.next(''),
  });

export const closeViews = (desk: Desk, dialogs: readonly SlackView[]): void => {
  for (const { id } of dialogs) desk.world.slack.dialogs.delete(id);
  desk.world.touch();
};

const viewsOpen: Method = (args, desk) => {
  const view = accepted(desk, args.view);
  const { person } = desk.triggers.exchange(args.trigger_id);
  closeViews(desk, stackOf(desk, person));
  return { view: viewObject(desk, pushView(desk, person, view)) };
};

const viewsPush: Method = (args, desk) => {
  const { person, view: from } = desk.triggers.exchange(args.trigger_id);
  if (!from || !desk.world.slack.dialogs.has(from)) throw new SlackFault('not_found');
  return { view: viewObject(desk, pushView(desk, person, args.view)) };
};

const viewsUpdate: Method = (args, desk) => {
  const dialog = [...desk.world.slack.dialogs.values()].find(
    ({ id, view }) => id === args.view_id || (args.external_id && view.external_id === args.external_id),
  );
  if (!dialog) throw new SlackFault('not_found');
  if (args.hash && args.hash !== dialog.hash) throw new SlackFault('hash_conflict');
  return { view: viewObject(desk, replaceView(desk, dialog, args.view)) };
};

const viewsPublish: Method = (args, desk) => {
  const { slack } = desk.world;
  const person = acquaintance(desk, args.user_id).id;
  checkSize(args.view);
  const before = slack.homes.get(person);
  if (args.hash && before && args.hash !== before.hash) throw new SlackFault('hash_conflict');
  const view = acceptView(desk, args.view, 'home') as HomeView;
  const home = { id: before?.id ?? desk.ids.next('V'), view, hash: desk.ids.next('') };
  slack.homes.set(person, home);
  desk.world.touch();
  return { view: viewObject(desk, home) };
};

export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': viewsOpen,
  'views.push': viewsPush,
  'views.update': viewsUpdate,
  'views.publish': viewsPublish,
};
