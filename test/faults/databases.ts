import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest';
import type { Dialect } from '../../src/core/db/kit.js';
import { type Postgres, startPostgres } from '../postgres.js';

/** The address of a new database, without our tables, as an operator would create it. It goes when the test ends. */
export type NewDatabase = () => Promise<string>;

export const newSqlite: NewDatabase = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-faults-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return `file:${join(folder, 'test.db')}`;
};

/** A PostgreSQL for the tests of a suite; what it has committed is on the disk, as in production. */
export const usePostgres = (): NewDatabase => {
  let postgres: Postgres | undefined;
  beforeAll(async () => {
    postgres = await startPostgres({ durable: true });
  });
  afterAll(() => postgres?.stop());
  return async () => {
    if (!postgres) throw new Error('PostgreSQL is not running');
    const server = postgres;
    const url = await server.create();
    onTestFinished(() => server.drop(url));
    return url;
  };
};

/** Runs a whole suite on SQLite and on PostgreSQL. */
export const eachDatabase = (name: string, suite: (newDatabase: NewDatabase, dialect: Dialect) => void): void => {
  describe(`${name}, on sqlite`, () => suite(newSqlite, 'sqlite'));
  describe(`${name}, on postgres`, () => suite(usePostgres(), 'postgres'));
};
