import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A PostgreSQL that can go away and come back: its socket, seen through a second one. */
export interface Gate {
  /** The address of the database through the gate. */
  readonly url: string;
  /** Every connection breaks, and new ones are refused. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

const socketName = '.s.PGSQL.5432';

export const openGate = async (databaseUrl: string): Promise<Gate> => {
  const behind = join(new URL(databaseUrl).searchParams.get('host') ?? '', socketName);
  const folder = await mkdtemp(join(tmpdir(), 'entente-gate-'));
  const url = new URL(databaseUrl);
  url.searchParams.set('host', folder);
  const sockets = new Set<Socket>();
  let server: Server | undefined;

  const connect = (near: Socket): void => {
    const far = createConnection(behind);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  };
  const open = (): Promise<void> =>
    new Promise((resolve) => {
      server = createServer(connect).listen(join(folder, socketName), () => resolve());
    });
  const shut = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    const closed = new Promise((resolve) => (closing ? closing.close(resolve) : resolve(undefined)));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await open();
  onTestFinished(async () => {
    await shut();
    await rm(folder, { recursive: true, force: true });
  });
  return { url: url.href, open, shut };
};
