/*
 * Files in the fake Teams: a question with Accept and Decline, an address in the person's OneDrive, which takes the bytes
 * in ranges, and the card of the file that stands there.
 */
import { randomBytes } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import type { Card, SharedFile, TeamsMessage } from '../model.js';
import { ConnectorFault, type Desk } from './desk.js';

type Json = Readonly<Record<string, unknown>>;

export const CONSENT_TYPE = 'application/vnd.microsoft.teams.card.file.consent';
export const INFO_TYPE = 'application/vnd.microsoft.teams.card.file.info';

interface Drive {
  readonly id: string;
  readonly name: string;
  readonly parts: Buffer[];
  received: number;
  /** Known with the first range. */
  total?: number;
}

export interface Drives {
  open(name: string): Drive;
  find(id: string): Drive | undefined;
}

export const createDrives = (): Drives => {
  const kept = new Map<string, Drive>();
  return {
    open: (name) => {
      const drive: Drive = { id: randomBytes(12).toString('hex'), name, parts: [], received: 0 };
      kept.set(drive.id, drive);
      return drive;
    },
    find: (id) => kept.get(id),
  };
};

const isWhole = (drive: Drive): boolean => drive.total !== undefined && drive.received === drive.total;

const contentUrl = ({ serviceUrl }: Desk, { id, name }: Drive): string =>
  `${serviceUrl}files/${id}/${encodeURIComponent(name)}`;

/** What Teams tells the bot of somebody who accepted. */
export const uploadInfo = (desk: Desk, name: string): Json => {
  const drive = desk.drives.open(name);
  return {
    contentUrl: contentUrl(desk, drive),
    name,
    uploadUrl: `${desk.serviceUrl}upload/${drive.id}`,
    uniqueId: drive.id,
    fileType: name.split('.').at(-1),
  };
};

const bad = (message: string): never => {
  throw new ConnectorFault(400, 'BadArgument', message);
};

const text = (value: string, more: Json = {}): Json => ({ type: 'TextBlock', text: value, wrap: true, ...more });

const button = (title: string, fileConsent: 'accept' | 'decline'): Json => ({
  type: 'Action.Submit',
  title,
  data: { fileConsent },
});

export type FileContent = Pick<TeamsMessage, 'asked' | 'file'> & { readonly card: Card };

const askedContent = (name: unknown, content: Json): FileContent => {
  const { description, sizeInBytes, acceptContext, declineContext } = content;
  if (typeof name !== 'string' || name === '') bad('A file consent card needs a name.');
  if (!Number.isSafeInteger(sizeInBytes)) bad('A file consent card needs sizeInBytes.');
  const size = Number(sizeInBytes);
  const body = [
    text(String(name), { weight: 'Bolder' }),
    text(String(description ?? '')),
    text(`${size.toLocaleString('en')} bytes. It is put into your OneDrive.`, { isSubtle: true }),
  ];
  const actions = [button('Accept', 'accept'), button('Decline', 'decline')];
  const asked = { name: String(name), size, contexts: { accept: acceptContext, decline: declineContext } };
  return { asked, card: { type: 'AdaptiveCard', version: '1.5', body, actions } };
};

const sentContent = (desk: Desk, name: unknown, url: unknown, content: Json): FileContent => {
  const drive = desk.drives.find(String(content.uniqueId));
  if (!drive || !isWhole(drive) || url !== contentUrl(desk, drive)) return bad('There is no such file.');
  const file: SharedFile = { name: String(name), size: drive.received, url: contentUrl(desk, drive) };
  const body = [
    text(file.name, { weight: 'Bolder' }),
    text(`${file.size.toLocaleString('en')} bytes`, { isSubtle: true }),
  ];
  const actions = [{ type: 'Action.OpenUrl', title: 'Download', url: file.url }];
  return { file, card: { type: 'AdaptiveCard', version: '1.5', body, actions } };
};

/** The card of a file; nothing for an attachment that is none. @throws ConnectorFault */
export const fileContent = (desk: Desk, attachment: Json): FileContent | undefined => {
  const { contentType, name, content, contentUrl: url } = attachment;
  const of = (content ?? {}) as Json;
  if (contentType === CONSENT_TYPE) return askedContent(name, of);
  return contentType === INFO_TYPE ? sentContent(desk, name, url, of) : undefined;
};

/** OneDrive's own: parts of at most 60 MiB, all but the last one in multiples of 320 KiB. */
const PART = 320 * 1024;
const MOST = 60 * 1024 * 1024;

const faultOf = (drive: Drive, range: string, bytes: Buffer): number | undefined => {
  const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(range) ?? [];
  if (total === undefined || Number(to) - Number(from) + 1 !== bytes.length || bytes.length > MOST) return 400;
  if (drive.total !== undefined && drive.total !== Number(total)) return 400;
  if (Number(from) !== drive.received || Number(to) >= Number(total)) return 416;
  const last = Number(to) + 1 === Number(total);
  return last || bytes.length % PART === 0 ? undefined : 400;
};

const put = (desk: Desk, req: Request<{ id: string }>): { readonly status: number; readonly body: Json } => {
  const drive = desk.drives.find(req.params.id);
  if (req.headers.authorization !== undefined) return { status: 401, body: {} };
  if (!drive || isWhole(drive) || !Buffer.isBuffer(req.body)) return { status: 404, body: {} };
  const range = String(req.headers['content-range'] ?? '');
  const status = faultOf(drive, range, req.body);
  if (status !== undefined) return { status, body: {} };
  drive.total = Number(range.split('/')[1]);
  drive.parts.push(req.body);
  drive.received += req.body.length;
  return isWhole(drive)
    ? { status: 201, body: { name: drive.name } }
    : { status: 202, body: { nextExpectedRanges: [`${drive.received}-`] } };
};

/** Beside the connector, at no address that a token opens: the upload address itself is the permission. */
export const createFileRouter = (desk: Desk, meets: () => Promise<boolean>): Router => {
  const router = express.Router();
  router.put('/upload/:id', express.raw({ type: () => true, limit: MOST }), async (req, res) => {
    if (!(await meets())) return void req.socket.destroy();
    const { status, body } = put(desk, req);
    res.status(status).json(body);
  });
  router.get('/files/:id/:name', (req, res) => {
    const drive = desk.drives.find(req.params.id);
    if (!drive || !isWhole(drive)) return void res.status(404).end();
    res.attachment(drive.name).type('application/octet-stream').send(Buffer.concat(drive.parts));
  });
  return router;
};
