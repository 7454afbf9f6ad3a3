import { createHmac } from 'node:crypto';

/** Slack's request signature, version v0. `at` is epoch seconds. */
export const signature = (secret: string, at: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;

export type SignatureKind = 'good' | 'forged' | 'old' | 'none';

/** Slack allows five minutes; ten is safely too old. */
const OLD_S = 600;

/** Always by the real clock, since the receiver's cannot be faked. */
export const signedHeaders = (secret: string, body: string, kind: SignatureKind = 'good'): Record<string, string> => {
  if (kind === 'none') return {};
  const at = Math.floor(Date.now() / 1000) - (kind === 'old' ? OLD_S : 0);
  return {
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': signature(kind === 'forged' ? `not ${secret}` : secret, at, body),
  };
};
