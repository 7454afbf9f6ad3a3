import type { PlatformId } from '../../src/core/ids.js';
import type { Address, MessageRef, Platform, Profile, Readers } from '../../src/core/platform.js';
import type { View } from '../../src/core/view.js';

export interface Sent {
  readonly how: 'post' | 'update';
  readonly conversation: string;
  readonly message: string;
  readonly view: View;
}

/** What happens to a send before it is taken: nothing, or a promise to wait for, or an error to throw. */
export type Obstacle = (how: Sent['how'], conversation: string) => Promise<void> | undefined;

export interface FakePlatform extends Omit<Platform, 'quoted'> {
  /** Who people are, by user id; whoever is missing is one of the workspace's people, called by their id. */
  readonly profiles: Map<string, Partial<Profile>>;
  /** Who reads conversations, by their id; nobody from outside where nothing is said. */
  readonly reading: Map<string, Readers>;
  readonly sent: readonly Sent[];
  obstacle: Obstacle;
  /** What was replied to; nothing is told unless a test says so. */
  quoted?: Platform['quoted'];
  /** Resolves as soon as what was sent satisfies the claim. */
  until(claim: (sent: readonly Sent[]) => boolean): Promise<void>;
  /** The card that stands at each message, by message id. */
  standing(): ReadonlyMap<string, View>;
}

/** Takes views instead of rendering them, and lets a test wait for them instead of sleeping. */
export const createFakePlatform = (id: PlatformId): FakePlatform => {
  const sent: Sent[] = [];
  const waiting = new Set<() => void>();
  let count = 0;
  const take = async (one: Sent, obstacle: Obstacle): Promise<void> => {
    await obstacle(one.how, one.conversation);
    sent.push(one);
    for (const look of [...waiting]) look();
  };
  const platform: FakePlatform = {
    id,
    sent,
    obstacle: () => undefined,
    profiles: new Map(),
    reading: new Map(),
    profile: async ({ workspace, user }) => ({ name: user, workspace, guest: false, ...platform.profiles.get(user) }),
    readers: async ({ conversation }) => platform.reading.get(conversation) ?? { outsiders: false },
    workspaceName: async ({ workspace }) => `workspace ${workspace}`,
    start: async () => {},
    stop: async () => {},
    async post(to: Address, view: View): Promise<MessageRef> {
      count += 1;
      const message = `${id}-${count}`;
      await take({ how: 'post', conversation: to.id, message, view }, platform.obstacle);
      return { platform: id, workspace: to.workspace, conversation: to.id, message, detail: to.detail };
    },
    update: (ref, view) =>
      take({ how: 'update', conversation: ref.conversation, message: ref.message, view }, platform.obstacle),
    until: (claim) =>
      new Promise((resolve) => {
        const look = () => {
          if (!claim(sent)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    standing: () => new Map(sent.map((one) => [one.message, one.view])),
  };
  return platform;
};
