/* The bytes of a file, into the OneDrive of whoever accepted it. */
import { Readable } from 'node:stream';
import { DeliveryError } from '../../core/errors.js';
import type { ReadyFile } from '../../core/platform.js';
import type { Trust } from './hosts.js';
import { limits } from './limits.js';

/** Sends a file once; one that this process has sent already is not sent again. @throws DeliveryError */
export type Upload = (uploadUrl: string, file: ReadyFile) => Promise<void>;

const ANEW = "The file could not be put into OneDrive. Ask whoever wanted it to say 'entente export' again.";

const refusalOf = (status: number): DeliveryError =>
  status === 408 || status === 425 || status === 429 || status >= 500
    ? new DeliveryError('later', `teams:upload-${status}`, { throttled: status === 429 })
    : new DeliveryError('never', `teams:upload-${status}`, { advice: ANEW });

const put = async (uploadUrl: string, file: ReadyFile, from: number, until: number): Promise<void> => {
  // The address itself is the permission: our token is for the connector alone.
  const response = await fetch(uploadUrl, {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(until - from),
      'content-range': `bytes ${from}-${until - 1}/${file.size}`,
    },
    body: Readable.toWeb(Readable.from(file.read({ from, until }))) as ReadableStream,
    duplex: 'half',
    redirect: 'error',
    signal: AbortSignal.timeout(limits.uploadMs),
  } as RequestInit).catch((cause: unknown) => {
    throw new DeliveryError('later', 'teams:upload-unreachable', { cause });
  });
  await response.arrayBuffer();
  if (!response.ok) throw refusalOf(response.status);
};

const remembered = 1_000;

export const createUpload = (trusts: Trust): Upload => {
  const sent = new Set<string>();
  return async (uploadUrl, file) => {
    if (!trusts(uploadUrl)) throw new DeliveryError('never', 'teams:untrusted-upload-url', { advice: ANEW });
    if (sent.has(uploadUrl)) return;
    for (let from = 0; from < file.size; from += limits.uploadBytes)
      await put(uploadUrl, file, from, Math.min(file.size, from + limits.uploadBytes));
    if (sent.size >= remembered) sent.clear();
    sent.add(uploadUrl);
  };
};
