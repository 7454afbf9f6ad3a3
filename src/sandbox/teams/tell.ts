import { hearAnswers, topDialog } from '../hearing.js';
import { found, Mistake } from '../mistake.js';
import type { Outcome, TeamsMessage } from '../model.js';
import type { Setting } from './activities.js';
import { ConnectorFault, type Desk, personOf } from './desk.js';
import type { TeamsOutgoing, TeamsReply } from './outgoing.js';

/** What people's doings need: the workplace, and the way to Entente. */
export interface Link {
  readonly desk: Desk;
  readonly outgoing: TeamsOutgoing;
}

/** Where a person speaks or clicks; only members see a place. */
export const settingOf = (desk: Desk, personId: string, conversation: string | undefined): Setting => {
  const person = personOf(desk, personId);
  if (conversation === undefined) return { person, place: desk.world.direct('teams', personId) };
  const place = found(desk.world.teams.conversations.get(conversation), `conversation '${conversation}'`);
  if (!place.members.includes(personId)) throw new Mistake(400, `${person.name} is not in ${place.name || place.id}.`);
  return { person, place };
};

export type OnMessage = Setting & { readonly message: TeamsMessage };

export const settingOnMessage = (desk: Desk, personId: string, messageId: string): OnMessage => {
  const message = found(desk.world.teams.messages.get(messageId), `message '${messageId}'`);
  if (message.onlyFor && message.onlyFor !== personId) throw new Mistake(400, 'That message is private to another.');
  const setting = settingOf(desk, personId, message.conversation);
  return { ...setting, root: message.thread ?? message.id, message };
};

/** Sends what a person did, shows what the answer says, and says what came of it. */
export const tell = async (
  { desk, outgoing }: Link,
  asked: { readonly person: string; readonly said?: string },
  activity: Readonly<Record<string, unknown>>,
  apply: (reply: TeamsReply) => void = () => {},
): Promise<Outcome> => {
  const answers = hearAnswers(desk.world, { side: 'teams', ...asked });
  const reply = await outgoing.ship(activity);
  let { error } = reply;
  try {
    if (!error) apply(reply);
  } catch (fault) {
    if (!(fault instanceof ConnectorFault)) throw fault;
    error = fault.message;
  }
  const dialog = topDialog(desk.world, 'teams', asked.person);
  return {
    delivered: true,
    status: reply.status,
    ackMs: reply.ms,
    answers: answers(),
    ...(error ? { error } : {}),
    ...(dialog ? { dialog } : {}),
    ...(asked.said ? { said: asked.said } : {}),
  };
};
