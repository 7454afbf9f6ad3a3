import { hearAnswers, topDialog } from '../hearing.js';
import { found, Mistake } from '../mistake.js';
import type { Conversation, Outcome, Person, SlackMessage } from '../model.js';
import { type Desk, SlackFault } from './desk.js';
import type { Shipment, SlackOutgoing, SlackReply } from './outgoing.js';

/** What people's doings need: the workplace, and the way to Entente. */
export interface Link {
  readonly desk: Desk;
  readonly outgoing: SlackOutgoing;
}

export const personOf = ({ world }: Desk, id: string): Person => found(world.slack.people.get(id), `person '${id}'`);

/** Where a person speaks; only members see a place. */
export const placeFor = (desk: Desk, person: Person, id: string | undefined): Conversation => {
  if (id === undefined) return desk.world.direct('slack', person.id);
  const place = found(desk.world.slack.conversations.get(id), `conversation '${id}'`);
  if (!place.members.includes(person.id)) throw new Mistake(400, `${person.name} is not in ${place.name || place.id}.`);
  return place;
};

export const visibleMessage = (desk: Desk, person: Person, id: string): SlackMessage => {
  const message = found(desk.world.slack.messages.get(id), `message '${id}'`);
  placeFor(desk, person, message.conversation);
  if (message.onlyFor && message.onlyFor !== person.id) throw new Mistake(400, 'That message is private to another.');
  return message;
};

export interface Asked {
  readonly person: string;
  /** The person's message that the shipment tells of. */
  readonly said?: string;
}

/**
 * Sends what a person did, shows what Entente answers, and says what came of it. `apply` shows the answer's body and
 * may refuse it with a SlackFault.
 */
export const tell = async (
  { desk, outgoing }: Link,
  asked: Asked,
  shipment: Shipment,
  apply: (reply: SlackReply) => void = () => {},
): Promise<Outcome> => {
  const answers = hearAnswers(desk.world, { side: 'slack', ...asked });
  const reply = await outgoing.ship(shipment);
  let { error } = reply;
  try {
    if (!error) apply(reply);
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    error = fault.code;
  }
  const dialog = topDialog(desk.world, 'slack', asked.person);
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
