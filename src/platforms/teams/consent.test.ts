import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DeliveryError } from '../../core/errors.js';
import type { Call, ReadyFile } from '../../core/platform.js';
import type { FileView } from '../../core/view.js';
import type { Activity } from './activity.js';
import { createConsent } from './consent.js';
import { trustsLoopback, trustsSharePoint } from './hosts.js';
import { limits } from './limits.js';
import { createUpload } from './upload.js';

const view: FileView = {
  kind: 'file',
  subject: { feature: 'exports', id: 'e1.csv' },
  title: 'The log',
  text: 'All of it.',
  file: {
    name: 'log.csv',
    type: 'text/csv',
    accept: 'exports.accept',
    decline: 'exports.decline',
    bytes: async function* () {
      yield new Uint8Array();
    },
  },
};

const ben = { workspace: 'tenant', user: 'ben' };
const consent = createConsent(Buffer.from('key'));
const callBy = (user: string): Call => ({
  id: 'c1',
  caller: { platform: 'teams', workspace: 'tenant', user },
  spot: { platform: 'teams', workspace: 'tenant', conversation: 'a:1', direct: true },
});
const uploadInfo = {
  uploadUrl: 'https://nova-my.sharepoint.com/upload/1',
  contentUrl: 'https://nova-my.sharepoint.com/log.csv',
  name: 'log.csv',
  uniqueId: 'u1',
  fileType: 'csv',
};

const contextOf = (message: object): Record<string, unknown> => {
  const { attachments } = message as { attachments: { content: { acceptContext: Record<string, unknown> } }[] };
  return attachments[0]?.content.acceptContext ?? {};
};

const answer = (value: unknown) => ({ value }) as Activity;

describe('whether somebody takes a file', () => {
  const context = contextOf(consent.ask(view, 12, ben));

  it('comes back as a press with the place to put it', () => {
    const press = consent.read(answer({ action: 'accept', context, uploadInfo }), callBy('ben'));
    expect(press).toMatchObject({ interaction: 'exports.accept', subject: view.subject });
    expect(JSON.parse(press?.values.place ?? '')).toEqual(uploadInfo);
    expect(consent.read(answer({ action: 'decline', context }), callBy('ben'))).toMatchObject({
      interaction: 'exports.decline',
      values: {},
    });
  });

  it('is nobody else’s to say, of no other file, and not without our seal', () => {
    const refused = (changed: object, user = 'ben') =>
      consent.read(answer({ action: 'accept', context: { ...context, ...changed }, uploadInfo }), callBy(user));
    expect(refused({})).toBeDefined();
    expect(refused({}, 'mallory')).toBeUndefined();
    expect(refused({ subject: { feature: 'exports', id: 'e2.csv' } })).toBeUndefined();
    expect(refused({ accept: 'decisions.withdraw' })).toBeUndefined();
    expect(refused({ seal: '' })).toBeUndefined();
    expect(refused({ seal: 'x'.repeat(43) })).toBeUndefined();
    const other = createConsent(Buffer.from('another key'));
    expect(other.read(answer({ action: 'accept', context, uploadInfo }), callBy('ben'))).toBeUndefined();
  });

  it('needs a place when it is yes', () => {
    expect(consent.read(answer({ action: 'accept', context }), callBy('ben'))).toBeUndefined();
    expect(consent.read(answer({ action: 'maybe', context, uploadInfo }), callBy('ben'))).toBeUndefined();
  });
});

it.each([
  ['https://nova-my.sharepoint.com/personal/ben/upload', true],
  ['https://nova.sharepoint.us/upload', true],
  ['http://nova-my.sharepoint.com/upload', false],
  ['https://sharepoint.com/upload', false],
  ['https://nova.sharepoint.com.evil.example/upload', false],
  ['https://evil.example/nova.sharepoint.com', false],
  ['https://nova.sharepoint.com@evil.example/', false],
  ['https://nova.sharepoint.com:444/upload', false],
  ['http://127.0.0.1/upload', false],
])('puts a file at %s: %s', (address, trusted) => {
  expect(trustsSharePoint(address)).toBe(trusted);
});

const fileOf = (size: number): ReadyFile => ({
  size,
  read: async function* (part = { from: 0, until: size }) {
    yield Buffer.alloc(part.until - part.from, 'x');
  },
});

const openDrive = async (status = 200) => {
  const ranges: string[] = [];
  const tokens: (string | undefined)[] = [];
  const server = createServer((req, res) => {
    let length = 0;
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
    });
    req.on('end', () => {
      ranges.push(`${req.headers['content-range']} (${length})`);
      tokens.push(req.headers.authorization);
      res.writeHead(status).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { ranges, tokens, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/upload` };
};

describe('the bytes of a file', () => {
  it('go up in parts that OneDrive takes, without our token, and once', async () => {
    const drive = await openDrive();
    const upload = createUpload(trustsLoopback);
    const size = limits.uploadBytes + 5;
    await upload(drive.url, fileOf(size));
    await upload(drive.url, fileOf(size));
    expect(limits.uploadBytes % (320 * 1024)).toBe(0);
    expect(drive.ranges).toEqual([
      `bytes 0-${limits.uploadBytes - 1}/${size} (${limits.uploadBytes})`,
      `bytes ${limits.uploadBytes}-${size - 1}/${size} (5)`,
    ]);
    expect(drive.tokens).toEqual([undefined, undefined]);
  });

  it('go nowhere else than where Teams keeps files', async () => {
    const drive = await openDrive();
    const error = await createUpload(trustsSharePoint)(drive.url, fileOf(3)).catch((one: DeliveryError) => one);
    expect(error).toMatchObject({ when: 'never', reason: 'teams:untrusted-upload-url' });
    expect(drive.ranges).toEqual([]);
  });

  it.each([
    [503, 'later'],
    [429, 'later'],
    [404, 'never'],
    [410, 'never'],
  ])('that are refused with %i are tried again: %s', async (status, when) => {
    const { url } = await openDrive(status);
    const error = await createUpload(trustsLoopback)(url, fileOf(3)).catch((one: DeliveryError) => one);
    expect(error).toMatchObject({ when, reason: `teams:upload-${status}` });
  });
});
