import type { TeamsMessage } from '../model.js';
import type { TeamsTask } from '../world.js';
import type { Setting } from './activities.js';
import { ConnectorFault, type Desk } from './desk.js';
import { acceptCard, CARD_TYPE, postMessage, showLocally } from './messages.js';

/** What a person sees when an app's answer makes no sense. */
export const SOMETHING_WRONG = 'Something went wrong. Please try again.';

type Json = Readonly<Record<string, unknown>>;

const MESSAGE_TYPE = 'application/vnd.microsoft.activity.message';

const wrong = (): never => {
  throw new ConnectorFault(400, 'BadAnswer', SOMETHING_WRONG);
};

/** Only for the person who asked: Teams shows such text in a small window or over the card. */
const tellPrivately = (desk: Desk, { person, place, root }: Setting, text: string): void =>
  void postMessage(desk, {
    conversation: place.id,
    from: desk.world.teams.bot.id,
    text,
    mentions: [],
    onlyFor: person.id,
    ...(root && place.kind === 'channel' ? { thread: root } : {}),
  });

/** Action.Execute: a card for the presser's own view, or a sentence. @throws ConnectorFault */
export const applyExecute = (desk: Desk, setting: Setting, message: TeamsMessage, body: unknown): void => {
  const { statusCode, type, value } = (body ?? {}) as Json;
  if (statusCode !== 200) wrong();
  if (type === MESSAGE_TYPE && typeof value === 'string') tellPrivately(desk, setting, value);
  else if (type === CARD_TYPE) showLocally(desk, message, setting.person.id, acceptCard(value));
  else wrong();
};

export interface TaskOrigin {
  readonly message?: string;
  readonly commandId?: string;
}

const openTask = (desk: Desk, setting: Setting, origin: TaskOrigin, value: unknown, current?: TeamsTask): void => {
  const { title, card, height, width } = (value ?? {}) as Json;
  const { contentType, content } = (card ?? {}) as Json;
  if (contentType !== CARD_TYPE) wrong();
  const task: TeamsTask = {
    side: 'teams',
    id: current?.id ?? desk.nextEvent(),
    person: setting.person.id,
    conversation: setting.place.id,
    title: typeof title === 'string' ? title : '',
    card: acceptCard(content),
    changes: current ? current.changes + 1 : 0,
    ...(typeof height === 'number' || typeof height === 'string' ? { height } : {}),
    ...(typeof width === 'number' || typeof width === 'string' ? { width } : {}),
    ...origin,
  };
  desk.world.teams.dialogs.set(task.id, task);
  desk.world.touch();
};

export const closeTask = (desk: Desk, task: TeamsTask): void => {
  desk.world.teams.dialogs.delete(task.id);
  desk.world.touch();
};

const sentenceOf = (task: Json | undefined, extension: Json | undefined): unknown => {
  if (task?.type === 'message') return task.value;
  return extension?.type === 'message' ? extension.text : '';
};

/**
 * The answer to opening or submitting a dialog: it goes on, says a sentence, or closes. @throws ConnectorFault
 */
export const applyTask = (
  desk: Desk,
  setting: Setting,
  origin: TaskOrigin,
  body: unknown,
  current?: TeamsTask,
): void => {
  const { task, composeExtension } = (body || {}) as { task?: Json; composeExtension?: Json };
  if (task?.type === 'continue') {
    openTask(desk, setting, origin, task.value, current);
    return;
  }
  if (current) closeTask(desk, current);
  const sentence = sentenceOf(task, composeExtension);
  // Opening must show something; only a submission may answer with nothing.
  if (typeof sentence !== 'string' || (sentence === '' && !current)) wrong();
  else if (sentence !== '') tellPrivately(desk, setting, sentence);
};
