/*
 * A file on its way to one person: Slack gives an address for the bytes, and shares the file once they are there. The
 * message that it makes has no timestamp for us, so it is never changed.
 */
import { Readable } from 'node:stream';
import { DeliveryError } from '../../core/errors.js';
import type { ReadyFile } from '../../core/platform.js';
import type { FileView } from '../../core/view.js';
import { patience } from './limits.js';
import { drawMessage } from './render.js';
import type { Send } from './send.js';

const slackHost = /^([\w-]+\.)*slack(-gov)?\.com$/;

/**
 * Slack's own hosts over HTTPS, or the very server that the API is at where that is not Slack: a copy goes nowhere else,
 * whatever the answer says.
 */
export const trustsUpload = (address: string, apiUrl: string): boolean => {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:' && url.port === '' && slackHost.test(url.hostname)) return true;
  const api = new URL(apiUrl);
  return !slackHost.test(api.hostname) && url.origin === api.origin;
};

const later = (reason: string, cause?: unknown): DeliveryError => new DeliveryError('later', reason, { cause });

/** @throws DeliveryError */
const upload = async (address: string, type: string, file: ReadyFile): Promise<void> => {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': type, 'content-length': String(file.size) },
    body: Readable.toWeb(Readable.from(file.read())) as ReadableStream,
    duplex: 'half',
    redirect: 'error',
    signal: AbortSignal.timeout(patience.uploadMs),
  } as RequestInit).catch((error: unknown) => {
    throw later('slack:upload_unreachable', error);
  });
  await response.arrayBuffer();
  if (!response.ok) throw later(`slack:upload_${response.status}`);
};

export interface FileSending {
  readonly send: Send;
  readonly apiUrl: string;
}

/** Gives the id of the file. @throws DeliveryError */
export const sendFile = async (
  { send, apiUrl }: FileSending,
  to: { readonly workspace: string; readonly channel: string },
  view: FileView,
  file: ReadyFile,
): Promise<string> => {
  const { workspace, channel } = to;
  const { name, type } = view.file;
  const offered = await send({ method: 'files.getUploadURLExternal', workspace }, (api) =>
    api.files.getUploadURLExternal({ filename: name, length: file.size }),
  );
  const { upload_url: address = '', file_id: id = '' } = offered;
  if (!trustsUpload(address, apiUrl)) throw new DeliveryError('never', 'slack:untrusted_upload_url');
  await upload(address, type, file);
  await send({ method: 'files.completeUploadExternal', workspace }, (api) =>
    api.files.completeUploadExternal({
      files: [{ id, title: name }],
      channel_id: channel,
      initial_comment: drawMessage(view).text,
    }),
  );
  return id;
};
