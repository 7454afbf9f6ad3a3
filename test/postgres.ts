import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Installation, installPostgres, type ServerUser } from './postgres-installation.js';
import { makeScratch, sweepScratch } from './scratch.js';

export interface Postgres {
  /** The address of a fresh database: empty, or a copy of `template`, to which nobody may be connected. */
  create(template?: string): Promise<string>;
  drop(url: string): Promise<void>;
  stop(): Promise<void>;
}

const startLimitMs = 30_000;

/**
 * A real PostgreSQL from the dev dependencies, on a socket in a folder of its own. It ends with this process, however
 * that ends. `durable` leaves fsync on, for measuring and for faults.
 */
export const startPostgres = async ({ durable = false }: { durable?: boolean } = {}): Promise<Postgres> => {
  try {
    await sweepScratch();
    const installation = await installPostgres();
    const folder = await makeFolder(installation.user, durable);
    const server = launch(installation, folder, durable);
    return await connectTo(server, folder);
  } catch (error) {
    throw new Error('PostgreSQL could not be started, and the tests need it: both engines are tested.', {
      cause: error,
    });
  }
};

const makeFolder = async (user: ServerUser, durable: boolean): Promise<string> => {
  const folder = await makeScratch('pg', durable ? 'disk' : 'memory');
  await chmod(folder, 0o700);
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
  return folder;
};

/** The shell holds our end of a pipe: when we are gone, killed or not, reading ends, and it stops its server. */
const script = `
umask 077
cp -R "$CLUSTER" "$FOLDER/data" || exit 1
exec 3<&0
"$PROGRAM" -D "$FOLDER/data" -k "$FOLDER" -c listen_addresses= "$@" 3<&- >"$FOLDER/log" 2>&1 &
server=$!
(cat <&3 >/dev/null; kill -INT $server) 2>/dev/null &
watch=$!
wait $server && rm -rf "$FOLDER"
kill $watch 2>/dev/null
`;

const settings = [
  'max_connections=300',
  'autovacuum=off',
  'jit=off',
  'shared_buffers=64MB',
  'max_wal_senders=0',
  'max_wal_size=128MB',
];
const forgetful = ['fsync=off', 'full_page_writes=off', 'wal_level=minimal'];

const launch = ({ user, program, cluster }: Installation, folder: string, durable: boolean): ChildProcess => {
  const chosen = durable ? settings : [...settings, ...forgetful];
  const server = spawn('/bin/sh', ['-c', script, 'postgres', ...chosen.flatMap((setting) => ['-c', setting])], {
    ...user,
    cwd: '/',
    // Its own group: an interrupt from the keyboard reaches us first, and we stop it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin', TZ: 'UTC', PROGRAM: program, CLUSTER: cluster, FOLDER: folder },
  });
  server.unref();
  return server;
};

const urlOf = (folder: string, name: string): string =>
  `postgres://postgres@localhost/${name}?host=${encodeURIComponent(folder)}`;
const nameOf = (url: string): string => new URL(url).pathname.slice(1);

const connectTo = async (server: ChildProcess, folder: string): Promise<Postgres> => {
  const admin = await firstConnection(server, folder);
  // Copying a database by reference, where the file system can: a few ms.
  await admin.query('SET file_copy_method = clone').catch(() => undefined);
  let made = 0;
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = (sql: string): Promise<unknown> => {
    const turn = last.then(() => admin.query(sql));
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    create: async (template) => {
      const name = `test_${process.pid}_${++made}`;
      await inOrder(`CREATE DATABASE ${name} TEMPLATE ${template ? nameOf(template) : 'template0'} STRATEGY file_copy`);
      return urlOf(folder, name);
    },
    drop: async (url) => void (await inOrder(`DROP DATABASE IF EXISTS ${nameOf(url)} WITH (FORCE)`)),
    stop: async () => {
      await last;
      await admin.end();
      const gone = once(server, 'exit');
      server.ref();
      server.stdin?.end();
      await gone;
    },
  };
};

const firstConnection = async (server: ChildProcess, folder: string): Promise<pg.Client> => {
  const giveUpAt = performance.now() + startLimitMs;
  for (;;) {
    const client = new pg.Client({ connectionString: urlOf(folder, 'postgres') });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (server.exitCode !== null || performance.now() > giveUpAt) {
        server.stdin?.end();
        const log = await readFile(join(folder, 'log'), 'utf8').catch(() => 'no log');
        await rm(folder, { recursive: true, force: true });
        throw new Error(log.slice(-2_000), { cause: error });
      }
      await sleep(15);
    }
  }
};
