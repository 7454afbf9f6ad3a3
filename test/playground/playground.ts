/**
 * Microsoft's Agents Playground without a browser: it speaks to Entente as Teams does, and a test speaks for the person in
 * front of it.
 */
import { freePort } from '../../src/demo.js';
import { launchPlayground, type PlaygroundWorld } from './launch.js';
import { type Exchange, type Json, type Shown, watch } from './stream.js';

export interface Playground {
  /** Where Entente reaches it. */
  readonly serviceUrl: string;
  /** Says something as the person in front of it; `mention` puts '@Entente' before it. */
  say(conversation: string, text: string, how?: { readonly mention: boolean }): Promise<void>;
  /** Presses a button of a card, with what its inputs hold; gives what the person is shown. */
  press(message: Pick<Shown, 'id' | 'address' | 'card'>, title: string, inputs?: Json): Promise<unknown>;
  /** Sends any activity, such as one of another person; gives what Entente answered. */
  send(activity: Json & { readonly id: string }): Promise<Exchange['answer']>;
  /** The newest message of a conversation that contains `match`, now or soon. */
  shown(conversation: string, match: string): Promise<Shown>;
  all(): readonly Shown[];
  /** The last activity of a kind that went to Entente. */
  last(type: string): Json | undefined;
  stop(): Promise<void>;
}

export const actionsIn = (part: unknown): Json[] => {
  if (Array.isArray(part)) return part.flatMap(actionsIn);
  if (typeof part !== 'object' || part === null) return [];
  const own = /^Action\./.test(String((part as Json).type)) ? [part as Json] : [];
  const inner = Object.entries(part).flatMap(([key, value]) => (key === 'fallback' ? [] : actionsIn(value)));
  return [...own, ...inner];
};

export const startPlayground = async (world: PlaygroundWorld, endpoint: string): Promise<Playground> => {
  const { port, stop } = await launchPlayground(world, endpoint, await freePort());
  const origin = `://127.0.0.1:${port}`;
  const watched = await watch(origin);
  const from = { id: world.people[0]?.id };

  const post = async (path: string, body: Json): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`http${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`The Agents Playground answered ${path} with ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const exchangeOf = (id: string): Exchange | undefined => watched.exchanges.find(({ activity }) => activity.id === id);

  return {
    serviceUrl: `http://localhost:${port}/_connector`,
    say: async (conversation, text, { mention } = { mention: true }) => {
      const at = `<at>${world.bot.name}</at>`;
      const mentions = mention ? [{ mentioned: { id: world.bot.id }, text: at }] : [];
      const body = { from, text: mention ? `${at} ${text}` : text, textFormat: 'plain', mentions };
      await post(`/_conversation/v1/conversations/${encodeURIComponent(conversation)}/messages`, body);
    },
    press: async ({ id, address, card }, title, inputs) => {
      const action = actionsIn(card).find((one) => one.title === title);
      if (!action) throw new Error(`There is no button '${title}' on ${JSON.stringify(card)}`);
      const { type, verb, data } = action;
      const value = { action: { type, title, verb, data: { ...(data as Json), ...inputs } }, trigger: 'manual' };
      const conversation = { id: address };
      return post('/_conversation/v1/invoke', {
        name: 'adaptiveCard/action',
        from,
        conversation,
        replyToId: id,
        value,
      });
    },
    send: async (activity) => {
      await post('/_internal/v1/customActivities', activity);
      return (await watched.until(`an answer to ${activity.id}`, () => exchangeOf(activity.id))).answer;
    },
    shown: (conversation, match) =>
      watched.until(`'${match}' in ${conversation}`, () =>
        [...watched.messages.values()].findLast(
          (one) => one.conversation === conversation && JSON.stringify([one.text, one.card]).includes(match),
        ),
      ),
    all: () => [...watched.messages.values()],
    last: (type) => watched.exchanges.findLast(({ activity }) => activity.type === type)?.activity,
    stop: async () => {
      watched.close();
      await stop();
    },
  };
};
