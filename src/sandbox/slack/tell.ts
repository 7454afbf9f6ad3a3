import { hearAnswers, topDialog } from '../hearing.js';
import { found, Mistake } from '../mistake.js';
import type { Conversation, Outcome, Person, SlackMessage } from '../model.js';
import { homeOf, workplaceOf } from '../workplaces.js';
import { type Desk, deskAt, SlackFault } from './desk.js';
import type { Shipment, SlackOutgoing, SlackReply } from './outgoing.js';

/** What people's doings need: the workplace, and the way to Entente. */
export interface Link {
  readonly desk: Desk;
  readonly outgoing: SlackOutgoing;
}

/** The same in the workspace of a conversation. */
export const linkAt = ({ desk, outgoing }: Link, place: Conversation): Link => ({
  desk: deskAt(desk, workplaceOf(desk.world, 'slack', place).id),
  outgoing,
});

/** The app has slash commands and menus for the people of the workspace that it is in, and for its guests. */
export const ownsCommands = ({ world }: Desk, person: Person): boolean =>
  world.slack.installedIn.has(homeOf(world, 'slack', person).id);

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
