import { DeliveryError } from '../../core/errors.js';
import type { Caller } from '../../core/platform.js';
import { idIn, type Writer } from './writer.js';

export type Person = Pick<Caller, 'workspace' | 'user' | 'detail'>;

/** Gives the one-to-one conversation with a person. @throws DeliveryError */
export type OpenChat = (person: Person, serviceUrl: string) => Promise<string>;

/** Asking again is harmless: Teams gives the same conversation each time. */
const remembered = 10_000;

export const createChats = (writer: Writer, appId: string): OpenChat => {
  const chats = new Map<string, string>();
  return async ({ workspace, user, detail }, serviceUrl) => {
    const key = `${workspace} ${user}`;
    const known = detail?.conversation ?? chats.get(key);
    if (known !== undefined) return known;
    const body = {
      isGroup: false,
      bot: { id: `28:${appId}` },
      members: [{ id: detail?.mri ?? user }],
      tenantId: workspace,
      channelData: { tenant: { id: workspace } },
    };
    const request = { method: 'POST', serviceUrl, path: ['conversations'], body } as const;
    const conversation = idIn(await writer.call(workspace, user, request));
    if (conversation === '') throw new DeliveryError('later', 'teams:no-conversation');
    if (chats.size >= remembered) chats.clear();
    chats.set(key, conversation);
    return conversation;
  };
};
