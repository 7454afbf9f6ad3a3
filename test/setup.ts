import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { openStore } from '../src/core/db/open.js';
import { type Postgres, startPostgres } from './postgres.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for a database: POST gives the address of a fresh one, DELETE takes it back. */
    databases: string;
  }
}

interface Running {
  readonly postgres: Postgres;
  readonly template: string;
}

/** Migrated once; every fresh database is a copy. */
const startMigrated = async (): Promise<Running> => {
  const postgres = await startPostgres();
  const template = await postgres.create();
  const store = await openStore(template);
  await store.close();
  return { postgres, template };
};

/** One PostgreSQL per run, started when the first test file asks: many runs need none. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  let running: Promise<Running> | undefined;
  const answer = async (method: string, path: string): Promise<string> => {
    running ??= startMigrated();
    const { postgres, template } = await running;
    if (method === 'POST') return postgres.create(path === '/empty' ? undefined : template);
    await postgres.drop(decodeURIComponent(path.slice(1)));
    return '';
  };
  const server = createServer((request, response) => {
    answer(request.method ?? '', request.url ?? '').then(
      (body) => response.end(body),
      (error: Error) => response.writeHead(500).end(`${error.message}\n${error.cause}`),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  project.provide('databases', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    const started = await running?.catch(() => undefined);
    await started?.postgres.stop();
  };
};
