import { DeliveryError } from '../../../src/core/errors.js';
import { limits } from './limits.js';
import type { Message } from './render.js';

const errorOf = (status: number): DeliveryError => {
  if (status === 404) return new DeliveryError('gone', 'plain:404');
  if (status === 403)
    return new DeliveryError('never', 'plain:403', { advice: 'Invite Entente to the room and try again.' });
  return new DeliveryError('later', `plain:${status}`, { afterMs: limits.retryMs, throttled: status === 429 });
};

/** Gives the message's id. @throws DeliveryError */
export const send = async (url: string, method: 'POST' | 'PUT', message: Message): Promise<string> => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, body: JSON.stringify(message) }).catch((cause: unknown) => {
    throw new DeliveryError('later', 'plain:unreachable', { cause });
  });
  if (!response.ok) throw errorOf(response.status);
  return response.text();
};
