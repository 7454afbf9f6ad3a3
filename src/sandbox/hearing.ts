import type { Dialog, Message, Outcome, Side } from './model.js';
import type { LiveWorld } from './world.js';

/** Gathers what Entente says to one person while they wait for an answer; call the result to stop. */
export const hearAnswers = (
  world: LiveWorld,
  asked: { readonly side: Side; readonly person: string; readonly said?: string },
): (() => Message[]) => {
  const { side, person, said } = asked;
  const heard = new Map<string, Message>();
  const stop = world.onMessage((message) => {
    if (message.side !== side || message.from !== world[side].bot.id) return;
    const place = world[side].conversations.get(message.conversation);
    const direct = place?.kind === 'direct' && place.members.includes(person);
    const reply = said !== undefined && message.thread === said;
    const mine = message.onlyFor === undefined ? direct || reply : message.onlyFor === person;
    if (mine) heard.set(message.id, message);
  });
  return () => {
    stop();
    return [...heard.values()];
  };
};

export const topDialog = (world: LiveWorld, side: Side, person: string): Dialog | undefined =>
  [...world[side].dialogs.values()].filter((dialog) => dialog.person === person).at(-1);

/** What happened when the platform had nothing to tell Entente. */
export const undelivered = (world: LiveWorld, side: Side, person: string, more: Partial<Outcome> = {}): Outcome => {
  const dialog = topDialog(world, side, person);
  return { delivered: false, status: 0, ackMs: 0, answers: [], ...(dialog ? { dialog } : {}), ...more };
};
