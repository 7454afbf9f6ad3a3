import { undelivered } from '../hearing.js';
import type { Conversation, Outcome, Person, Say } from '../model.js';
import { parsed } from '../wire.js';
import { hears, homeOf } from '../workplaces.js';
import { type Desk, deskAt } from './desk.js';
import { linkEvent } from './links.js';
import { postMessage } from './messages.js';
import type { Shipment } from './outgoing.js';
import { commandFields, eventPayload, messageEvent } from './payloads.js';
import { setMember, setPresence } from './presence.js';
import { showReply } from './replies.js';
import { type Link, linkAt, ownsCommands, personOf, placeFor, tell } from './tell.js';

const slackbot = (desk: Desk, person: Person, place: Conversation, text: string): void =>
  void postMessage(desk, { conversation: place.id, from: 'USLACKBOT', onlyFor: person.id, text });

const runCommand = async (given: Link, person: Person, place: Conversation, typed: string): Promise<Outcome> => {
  const { world, typist } = given.desk;
  // In a channel shared with others, a command is that of the person's own workspace.
  const desk = deskAt(given.desk, homeOf(world, 'slack', person).id);
  const link = { ...given, desk };
  const [, word = '', rest = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(typed) ?? [];
  const command = `/${word}`;
  const declared = world.commands.length === 0 || world.commands.some((known) => known.word === word);
  if (!declared || !ownsCommands(desk, person)) {
    const error = `${command} is not a valid command.`;
    slackbot(desk, person, place, error);
    return undelivered(world, 'slack', person.id, { error });
  }
  const fields = commandFields(desk, { person, place, command, text: typist.encode(rest.trimEnd()) });
  const origin = { person: person.id, conversation: place.id };
  const shipment: Shipment = { kind: 'command', fields };
  const outcome = await tell(link, { person: person.id }, shipment, ({ text }) => {
    showReply(desk, origin, text === '' ? undefined : parsed(text));
  });
  if (outcome.error) slackbot(desk, person, place, `${command} failed with the error "${outcome.error}"`);
  return outcome;
};

const speak = async (given: Link, person: Person, place: Conversation, { text, thread }: Say): Promise<Outcome> => {
  const link = linkAt(given, place);
  const { desk } = link;
  const { slack } = desk.world;
  const pieces = desk.typist.pieces(text);
  const message = postMessage(desk, {
    conversation: place.id,
    from: person.id,
    text: desk.typist.encode(text),
    ...(thread ? { thread } : {}),
  });
  const asked = { person: person.id, said: message.id };
  const links = linkEvent(desk, message, place);
  const linked = links && (await tell(link, asked, { kind: 'event', payload: eventPayload(desk, links, place) }));
  const mentioned = pieces.some((piece) => piece.type === 'user' && piece.id === slack.bot.id);
  const reaches = (place.kind === 'direct' || mentioned) && hears(desk.world, 'slack', place);
  if (!reaches) return linked ?? undelivered(desk.world, 'slack', person.id, { said: message.id });
  const payload = eventPayload(desk, messageEvent(desk, message, place, pieces), place);
  return tell(link, asked, { kind: 'event', payload });
};

/** Slack's own command, which apps ask people to use. */
const invite = async (link: Link, person: Person, place: Conversation, typed: string): Promise<Outcome> => {
  const { world, typist } = link.desk;
  const conversation = place.id;
  let outcome = undelivered(world, 'slack', person.id);
  for (const piece of typist.pieces(typed)) {
    if (piece.type !== 'user') continue;
    outcome =
      piece.id === world.slack.bot.id
        ? await setPresence(link, { side: 'slack', conversation, present: true })
        : await setMember(link, { side: 'slack', conversation, person: piece.id, here: true });
  }
  return outcome;
};

export const say = async (link: Link, said: Say): Promise<Outcome> => {
  const { desk } = link;
  const person = personOf(desk, said.person);
  const place = placeFor(desk, person, said.conversation);
  if (/^\/invite\s/.test(said.text) && place.kind === 'channel') return invite(link, person, place, said.text);
  if (!said.text.startsWith('/')) return speak(link, person, place, said);
  if (!said.thread) return runCommand(link, person, place, said.text);
  return undelivered(desk.world, 'slack', person.id, { error: 'Slash commands do not work in threads.' });
};
