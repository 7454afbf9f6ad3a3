import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import express from 'express';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../src/core/db/open.js';
import { professionals, seated } from '../src/core/permission.js';
import type { RecordView } from '../src/core/view.js';
import { createPlain } from './examples/plain/index.js';
import { risks } from './examples/risks/index.js';
import { openHouse, people } from './house/house.js';
import { noInstallations } from './installations.js';

/** CONTRIBUTING shows these two as the way to add a feature and a platform; so they must work. */
const openRisks = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'entente-example-'));
  const path = join(folder, 'risks.db');
  const store = await openStore(`file:${path}`);
  new Sqlite(path)
    .exec('create table risks (id text primary key, alliance_id text, number integer, text text, closed integer)')
    .close();
  const house = await openHouse(store, {
    features: [risks],
    permissions: { risk: seated, 'risks.close': professionals },
  });
  onTestFinished(async () => {
    await house.reconciler.stop();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return house;
};

it('the example of a feature shows its card on both sides and closes it there', async () => {
  const house = await openRisks();
  expect((await house.say('bob', 'risk Supply may slip')).view).toMatchObject({ text: 'Noted as R-1.' });
  for (const side of [house.slack, house.teams]) await side.until((sent) => sent.length > 0);
  const card = [...house.teams.standing().values()][0] as RecordView;
  expect(card).toMatchObject({ label: 'R-1', title: 'Supply may slip', status: 'Open' });

  const { subject } = card;
  const refused = await house.press('jun', { interaction: 'risks.close', subject });
  expect(refused.view).toMatchObject({ text: 'Only the alliance professional of Nova Pharma does this. Ask them.' });
  await house.press('ben', { interaction: 'risks.close', subject });
  await house.slack.until((sent) => (sent.at(-1)?.view as RecordView | undefined)?.status === 'Closed');
});

const openPlain = async () => {
  const taken: { method: string; path: string; text: string }[] = [];
  const http = express();
  http.use('/api', express.json(), (req, res) => {
    taken.push({ method: req.method, path: req.path, text: req.body.text });
    res.status(req.path.endsWith('/closed') ? 403 : 200).send(`message-${taken.length}`);
  });
  const server = http.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const around = {
    ...{ http, log: pino({ level: 'silent' }), now: Date.now, paced: true },
    ...{ allows: async () => true, installations: noInstallations, derive: () => new Uint8Array(32) },
  };
  return { platform: createPlain({ apiUrl: `${url}/api`, secret: 'hush' }, around), url, taken };
};

it('the example of a platform brings calls in, and cards out', async () => {
  const house = await openRisks();
  const { platform, url, taken } = await openPlain();
  await platform.start(house.inbound);
  const say = (authorization: string) =>
    fetch(`${url}/plain/events`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({
        id: '1',
        space: people.ben.workspace,
        room: '19:jsc@thread.tacv2',
        user: people.ben.user,
        direct: false,
        text: 'risk Supply may slip',
      }),
    });
  expect((await say('Bearer guess')).status).toBe(401);
  expect(await (await say('Bearer hush')).json()).toEqual({ text: 'Noted as R-1.', buttons: [] });

  const room = { platform: 'teams', workspace: 'w', kind: 'channel', detail: {} } as const;
  const ref = await platform.post({ ...room, id: 'jsc' }, { kind: 'notice', text: 'Hello' });
  await platform.update(ref, { kind: 'notice', text: 'Hello again' });
  expect(taken).toEqual([
    { method: 'POST', path: '/rooms/jsc', text: 'Hello' },
    { method: 'PUT', path: '/messages/message-1', text: 'Hello again' },
  ]);
  await expect(platform.post({ ...room, id: 'closed' }, { kind: 'notice', text: 'x' })).rejects.toMatchObject({
    when: 'never',
    reason: 'plain:403',
  });
});
