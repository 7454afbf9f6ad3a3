import { undelivered } from '../hearing.js';
import { found, Mistake } from '../mistake.js';
import type { DialogClose, DialogSubmit, Menu, Outcome, Person, Press } from '../model.js';
import { parsed } from '../wire.js';
import { homeOf } from '../workplaces.js';
import type { SlackView } from '../world.js';
import { type Desk, deskAt, SlackFault } from './desk.js';
import type { Shipment, SlackReply } from './outgoing.js';
import { closing, messageAction, type PressParts, pressOnMessage, pressOnView, submission } from './payloads.js';
import { type Control, controlsOf } from './reading.js';
import { clientFaults, readControl, stateValues } from './state.js';
import { type Link, linkAt, ownsCommands, personOf, placeFor, tell, visibleMessage } from './tell.js';
import { closeViews, pushView, replaceView, stackOf } from './views.js';

type Json = Readonly<Record<string, unknown>>;

const labelOf = ({ element }: Control): unknown => (element.text as Json | undefined)?.text;

const pick = (controls: readonly Control[], action: number | string): Control => {
  const control =
    typeof action === 'number'
      ? controls[action]
      : (controls.find(({ element }) => element.action_id === action) ??
        controls.find((candidate) => labelOf(candidate) === action));
  const known = controls.map((candidate) => labelOf(candidate) ?? candidate.element.action_id).join(', ');
  return found(control, `control '${action}'; there are: ${known}`);
};

const actionOf = (desk: Desk, control: Control, value: string | undefined): Json => {
  const { blockId, element } = control;
  const { type, action_id } = element;
  const base = { type, action_id, block_id: blockId, action_ts: desk.ids.ts() };
  if (type !== 'button') return { ...base, ...readControl(control, value) };
  const { text, value: own, style } = element;
  return { ...base, text, ...(own === undefined ? {} : { value: own }), ...(style === undefined ? {} : { style }) };
};

const openDialog = (desk: Desk, person: string, id: string | undefined): SlackView => {
  const dialog = id === undefined ? stackOf(desk, person).at(-1) : desk.world.slack.dialogs.get(id);
  if (dialog?.person !== person) throw new Mistake(404, 'That person has no such dialog open.');
  return dialog;
};

const pressPayload = (desk: Desk, person: Person, press: Press): object => {
  const parts = (controls: readonly Control[]): PressParts => {
    const control = pick(controls, press.action);
    const own = press.value === undefined ? {} : { [control.element.action_id]: press.value };
    const values = stateValues(controls, { ...press.inputs, ...own });
    return { person, actions: [actionOf(desk, control, press.value)], values };
  };
  if (press.message !== undefined) {
    const message = visibleMessage(desk, person, press.message);
    const place = found(desk.world.slack.conversations.get(message.conversation), 'such conversation');
    return pressOnMessage(desk, parts(controlsOf(message.blocks ?? [])), message, place);
  }
  const shown = press.home
    ? found(desk.world.slack.homes.get(person.id), 'home published for that person')
    : openDialog(desk, person.id, press.dialog);
  return pressOnView(desk, parts(controlsOf(shown.view.blocks)), shown);
};

const showErrors = (desk: Desk, dialog: SlackView, errors: Readonly<Record<string, string>>): void => {
  const current = desk.world.slack.dialogs.get(dialog.id) ?? dialog;
  desk.world.slack.dialogs.set(dialog.id, { ...current, errors });
  desk.world.touch();
};

/** Slack takes sentences for input blocks of this very view, and nothing else. */
const acceptErrors = (dialog: SlackView, errors: Json): Readonly<Record<string, string>> => {
  const inputs = new Set(controlsOf(dialog.view.blocks).flatMap(({ blockId, input }) => (input ? [blockId] : [])));
  const entries = Object.entries(errors);
  const good = entries.length > 0 && entries.every(([block, text]) => inputs.has(block) && typeof text === 'string');
  if (!good) throw new SlackFault('invalid_errors');
  return errors as Readonly<Record<string, string>>;
};

interface Closing {
  readonly clear_on_close?: boolean;
  readonly notify_on_close?: boolean;
}

interface Acknowledgement {
  readonly response_action?: unknown;
  readonly errors?: Json;
  readonly view?: unknown;
}

/** @throws SlackFault when the acknowledgement is not one that Slack takes */
const applySubmission = (desk: Desk, dialog: SlackView, reply: SlackReply): void => {
  const { response_action: action, errors, view } = parsed(reply.text || '{}') as Acknowledgement;
  if (action === undefined) closeViews(desk, [dialog]);
  else if (action === 'clear') closeViews(desk, stackOf(desk, dialog.person));
  else if (action === 'update') replaceView(desk, dialog, view);
  else if (action === 'push') pushView(desk, dialog.person, view);
  else if (action === 'errors') showErrors(desk, dialog, acceptErrors(dialog, errors ?? {}));
  else throw new SlackFault('invalid_response_action');
};

/** In the workspace where the message, the dialog or the home stands. */
const linkOf = (link: Link, { person, message: id, dialog, home }: Press): Link => {
  const { slack } = link.desk.world;
  const view = home || id !== undefined ? undefined : openDialog(link.desk, person, dialog);
  if (view) return { ...link, desk: deskAt(link.desk, view.team) };
  const place = slack.conversations.get(slack.messages.get(id ?? '')?.conversation ?? '');
  return linkAt(link, place ?? link.desk.world.direct('slack', person));
};

export const press = async (given: Link, pressed: Press): Promise<Outcome> => {
  const person = personOf(given.desk, pressed.person);
  const link = linkOf(given, pressed);
  const shipment: Shipment = { kind: 'interaction', payload: pressPayload(link.desk, person, pressed) };
  return tell(link, { person: person.id }, shipment);
};

interface Optional {
  readonly block_id?: string;
  readonly optional?: boolean;
}

const optionalBlocks = (dialog: SlackView): ReadonlySet<string> =>
  new Set(
    (dialog.view.blocks as readonly Optional[]).flatMap(({ block_id: id, optional }) => (optional && id ? [id] : [])),
  );

export const submit = async (given: Link, { person: id, dialog: dialogId, values }: DialogSubmit): Promise<Outcome> => {
  const person = personOf(given.desk, id);
  const dialog = openDialog(given.desk, id, dialogId);
  const link = { ...given, desk: deskAt(given.desk, dialog.team) };
  const { desk } = link;
  const controls = controlsOf(dialog.view.blocks);
  const state = stateValues(controls, values);
  const faults = clientFaults(controls, optionalBlocks(dialog), state);
  showErrors(desk, dialog, faults);
  if (Object.keys(faults).length > 0) return undelivered(desk.world, 'slack', id);
  const shipment: Shipment = { kind: 'interaction', payload: submission(desk, person, dialog, state) };
  return tell(link, { person: id }, shipment, (reply) => applySubmission(desk, dialog, reply));
};

export const close = async (given: Link, { person: id, dialog: dialogId }: DialogClose): Promise<Outcome> => {
  const person = personOf(given.desk, id);
  const dialog = openDialog(given.desk, id, dialogId);
  const link = { ...given, desk: deskAt(given.desk, dialog.team) };
  const { desk } = link;
  const { clear_on_close: clears, notify_on_close: notifies } = dialog.view as Closing;
  const gone = clears === true ? stackOf(desk, id) : [dialog];
  closeViews(desk, gone);
  if (notifies !== true) return undelivered(desk.world, 'slack', id);
  const payload = closing(desk, person, dialog, gone.length > 1);
  return tell(link, { person: id }, { kind: 'interaction', payload });
};

export const openMenu = async (given: Link, { person: id, message: messageId, entry }: Menu): Promise<Outcome> => {
  const person = personOf(given.desk, id);
  const link = { ...given, desk: deskAt(given.desk, homeOf(given.desk.world, 'slack', person).id) };
  const { desk } = link;
  const message = visibleMessage(desk, person, messageId);
  if (message.onlyFor) throw new Mistake(400, 'Slack offers no menu on private messages.');
  if (!ownsCommands(desk, person)) throw new Mistake(400, `${person.name}’s own workspace has no Entente.`);
  const place = placeFor(desk, person, message.conversation);
  const payload = messageAction(desk, { person, message, place, entry });
  return tell(link, { person: id }, { kind: 'interaction', payload });
};
