import { undelivered } from '../hearing.js';
import { found, Mistake } from '../mistake.js';
import type { AskedFile, DialogClose, DialogSubmit, Menu, Outcome, Press } from '../model.js';
import type { TeamsTask } from '../world.js';
import { invokeActivity, messagePayload, valueActivity } from './activities.js';
import { applyExecute, applyTask, closeTask, type TaskOrigin } from './answers.js';
import type { Desk } from './desk.js';
import { uploadInfo } from './files.js';
import { inputFault, pickAction, submittedData } from './inputs.js';
import { say } from './talk.js';
import { type Link, type OnMessage, settingOf, settingOnMessage, tell } from './tell.js';

type Json = Readonly<Record<string, unknown>>;

const CONTEXT = { theme: 'default' };

const execute = (link: Link, setting: OnMessage, action: Json, data: Json): Promise<Outcome> => {
  const { type, id, verb } = action;
  const { message, person } = setting;
  const value = { action: { type, id, verb, data }, trigger: 'manual' };
  const invoke = invokeActivity(link.desk, setting, 'adaptiveCard/action', value, message.id);
  return tell(link, { person: person.id }, invoke, ({ body }) => applyExecute(link.desk, setting, message, body));
};

/** Action.Submit outside of dialogs: opens one, speaks for the person, or sends its data as a message. */
const submitFromMessage = (link: Link, setting: OnMessage, data: Json): Promise<Outcome> => {
  const { message, person } = setting;
  const { msteams } = data as { msteams?: { type?: unknown; value?: unknown } };
  if (msteams?.type === 'imBack') {
    const text = String(msteams.value);
    return say(link, { side: 'teams', person: person.id, conversation: message.conversation, text });
  }
  const asked = { person: person.id };
  if (msteams?.type !== 'task/fetch') return tell(link, asked, valueActivity(link.desk, setting, message, data));
  const origin: TaskOrigin = { message: message.id };
  const invoke = invokeActivity(link.desk, setting, 'task/fetch', { data, context: CONTEXT }, message.id);
  return tell(link, asked, invoke, ({ body }) => applyTask(link.desk, setting, origin, body));
};

/** Accept makes room in the person's OneDrive, and the bot is told where. */
const answerFile = (link: Link, setting: OnMessage, { name, contexts }: AskedFile, action: Json): Promise<Outcome> => {
  const { fileConsent } = action.data as { readonly fileConsent: keyof AskedFile['contexts'] };
  const value = {
    type: 'fileUpload',
    action: fileConsent,
    context: contexts[fileConsent],
    ...(fileConsent === 'accept' ? { uploadInfo: uploadInfo(link.desk, name) } : {}),
  };
  const invoke = invokeActivity(link.desk, setting, 'fileConsent/invoke', value, setting.message.id);
  return tell(link, { person: setting.person.id }, invoke);
};

export const press = async (
  link: Link,
  { person, message: id, action: wanted, inputs = {} }: Press,
): Promise<Outcome> => {
  const { world } = link.desk;
  if (id === undefined) throw new Mistake(400, 'On Teams, say which message is pressed.');
  const setting = settingOnMessage(link.desk, person, id);
  const card = found(setting.message.localCards[person] ?? setting.message.card, 'card on that message');
  const action = pickAction(card, wanted);
  if (setting.message.asked) return answerFile(link, setting, setting.message.asked, action);
  const error = inputFault(card, action, inputs);
  if (error) return undelivered(world, 'teams', person, { error });
  const data = submittedData(card, action, inputs);
  if (action.type === 'Action.Execute') return execute(link, setting, action, data);
  if (action.type === 'Action.Submit') return submitFromMessage(link, setting, data);
  // Links and folding stay on the client.
  return undelivered(world, 'teams', person);
};

const openDialog = ({ world }: Desk, person: string, id: string | undefined): TeamsTask => {
  const dialogs = [...world.teams.dialogs.values()].filter((task) => task.person === person);
  return found(id === undefined ? dialogs.at(-1) : dialogs.find((task) => task.id === id), 'such dialog open');
};

const submission = (desk: Desk, task: TeamsTask, data: Json): { name: string; value: Json } => {
  const { commandId, message: id } = task;
  if (!commandId) return { name: 'task/submit', value: { data, context: CONTEXT } };
  const message = id === undefined ? undefined : desk.world.teams.messages.get(id);
  const quoted = message ? { messagePayload: messagePayload(desk, message) } : {};
  const value = { commandId, commandContext: 'message', data, context: CONTEXT, ...quoted };
  return { name: 'composeExtension/submitAction', value };
};

export const submit = async (
  link: Link,
  { person, dialog, values, action: wanted }: DialogSubmit,
): Promise<Outcome> => {
  const { desk } = link;
  const task = openDialog(desk, person, dialog);
  const message = task.message === undefined ? undefined : desk.world.teams.messages.get(task.message);
  const setting = {
    ...settingOf(desk, person, task.conversation),
    ...(message ? { root: message.thread ?? message.id } : {}),
  };
  const action = pickAction(task.card, wanted ?? 0);
  const error = inputFault(task.card, action, values);
  if (error) return undelivered(desk.world, 'teams', person, { error });
  const { name, value } = submission(desk, task, submittedData(task.card, action, values));
  const { commandId, message: from } = task;
  const origin: TaskOrigin = { ...(commandId ? { commandId } : {}), ...(from ? { message: from } : {}) };
  const invoke = invokeActivity(desk, setting, name, value, from);
  return tell(link, { person }, invoke, ({ body }) => applyTask(desk, setting, origin, body, task));
};

export const close = ({ desk }: Link, { person, dialog }: DialogClose): Outcome => {
  closeTask(desk, openDialog(desk, person, dialog));
  return undelivered(desk.world, 'teams', person);
};

export const openMenu = async (link: Link, { person, message: id, entry }: Menu): Promise<Outcome> => {
  const { desk } = link;
  const setting = settingOnMessage(desk, person, id);
  const value = {
    commandId: entry,
    commandContext: 'message',
    requestId: desk.nextEvent(),
    messagePayload: messagePayload(desk, setting.message),
    context: CONTEXT,
  };
  const invoke = invokeActivity(desk, setting, 'composeExtension/fetchTask', value);
  const origin: TaskOrigin = { message: id, commandId: entry };
  return tell(link, { person }, invoke, ({ body }) => applyTask(desk, setting, origin, body));
};
