import { Mistake } from './mistake.js';
import type { Await, Message } from './model.js';
import { cardPlain } from './teams/text.js';
import type { LiveWorld } from './world.js';

const PATIENCE_MS = 5000;

/** What one person reads of a message: on Teams their own view of the card may differ from everybody's. */
const plainFor = (message: Message, person: string | undefined): string => {
  const local = message.side === 'teams' && person !== undefined ? message.localCards[person] : undefined;
  return local ? cardPlain(local) : message.plain;
};

const fits = (world: LiveWorld, wanted: Await, message: Message): boolean => {
  const { side, conversation, match, person } = wanted;
  if (message.side !== side || (conversation !== undefined && message.conversation !== conversation)) return false;
  if (person !== undefined) {
    const members = world[side].conversations.get(message.conversation)?.members ?? [];
    if (!members.includes(person) || (message.onlyFor !== undefined && message.onlyFor !== person)) return false;
  }
  return plainFor(message, person).includes(match);
};

/** Resolves with the newest message that fits, now or as soon as there is one. @throws Mistake 408 */
export const awaitMessage = (world: LiveWorld, wanted: Await): Promise<Message> => {
  const here = [...world[wanted.side].messages.values()].findLast((message) => fits(world, wanted, message));
  if (here) return Promise.resolve(here);
  const patience = wanted.timeoutMs ?? PATIENCE_MS;
  return new Promise((resolve, reject) => {
    const stop = world.onMessage((message) => {
      if (!fits(world, wanted, message)) return;
      clearTimeout(timer);
      stop();
      resolve(message);
    });
    const timer = setTimeout(() => {
      stop();
      reject(new Mistake(408, `No message on ${wanted.side} said '${wanted.match}' within ${patience} ms.`));
    }, patience);
  });
};
