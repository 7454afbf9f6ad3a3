/* Files on their way through the fake Slack: an address for the bytes first, then the message that shares them. */
import express, { type Request, type Response, type Router } from 'express';
import type { SharedFile } from '../model.js';
import { type Desk, knownPlace, SlackFault } from './desk.js';
import { postMessage } from './messages.js';
import type { Method } from './methods.js';

interface Upload {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  bytes?: Buffer;
  shared?: true;
}

export interface Uploads {
  open(name: string, length: number): Upload;
  find(id: string): Upload | undefined;
}

export const createUploads = (newId: () => string): Uploads => {
  const kept = new Map<string, Upload>();
  return {
    open: (name, length) => {
      const upload: Upload = { id: newId(), name, length };
      kept.set(upload.id, upload);
      return upload;
    },
    find: (id) => kept.get(id),
  };
};

/** Slack's own limit is a gigabyte. */
const MOST = 1_000_000_000;

const getUploadUrl: Method = ({ filename, length }, desk) => {
  const bytes = Number(length);
  if (typeof filename !== 'string' || filename === '' || !Number.isSafeInteger(bytes) || bytes <= 0)
    throw new SlackFault('missing_argument');
  if (bytes > MOST) throw new SlackFault('file_upload_size_restricted');
  const { id } = desk.uploads.open(filename, bytes);
  return { upload_url: `${desk.filesUrl}upload/${id}`, file_id: id };
};

const completed = (desk: Desk, id: string): Upload => {
  const upload = desk.uploads.find(id);
  if (!upload?.bytes || upload.shared) throw new SlackFault('file_not_found');
  return upload;
};

const sharedFile = (desk: Desk, { id, name, length }: Upload): SharedFile => ({
  name,
  size: length,
  url: `${desk.filesUrl}files/${id}/${encodeURIComponent(name)}`,
});

const completeUpload: Method = ({ files, channel_id: channel, initial_comment: comment }, desk) => {
  const named = Array.isArray(files) ? (files as readonly { readonly id?: string }[]) : [];
  if (named.length === 0) throw new SlackFault('missing_argument');
  const uploads = named.map(({ id }) => completed(desk, String(id)));
  const place = knownPlace(desk, channel);
  if (place.archived) throw new SlackFault('is_archived');
  if (!place.present) throw new SlackFault('not_in_channel');
  for (const upload of uploads) upload.shared = true;
  postMessage(desk, {
    conversation: place.id,
    from: desk.world.slack.bot.id,
    text: typeof comment === 'string' ? comment : '',
    files: uploads.map((upload) => sharedFile(desk, upload)),
  });
  return { files: uploads.map(({ id, name }) => ({ id, title: name })) };
};

export const fileMethods: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
};

/** Takes exactly as many bytes as were announced, once. */
const take = ({ uploads }: Desk, req: Request<{ id: string }>): number => {
  const upload = uploads.find(req.params.id);
  const bytes: unknown = req.body;
  if (!upload || upload.bytes || !Buffer.isBuffer(bytes)) return 404;
  if (bytes.length !== upload.length) return 400;
  upload.bytes = bytes;
  return 200;
};

/** Beside the Web API: where bytes are sent to, and where people open files. */
export const createFileRouter = (desk: Desk, meets: () => Promise<boolean>): Router => {
  const router = express.Router();
  router.post('/upload/:id', express.raw({ type: () => true, limit: MOST }), async (req, res) => {
    if (!(await meets())) return void req.socket.destroy();
    const status = take(desk, req);
    res.status(status).send(status === 200 ? 'OK' : 'not taken');
  });
  router.get('/files/:id/:name', (req, res: Response) => {
    const upload = desk.uploads.find(req.params.id);
    if (!upload?.bytes) return void res.status(404).end();
    res.attachment(upload.name).type('application/octet-stream').send(upload.bytes);
  });
  return router;
};
