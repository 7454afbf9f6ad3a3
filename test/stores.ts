import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, inject, onTestFinished, TestRunner } from 'vitest';
import type { Dialect } from '../src/core/db/kit.js';
import { openStore } from '../src/core/db/open.js';
import type { Store } from '../src/core/db/store.js';
import { makeScratch } from './scratch.js';

export interface Engine {
  readonly dialect: Dialect;
  /** The address of a fresh database, migrated by whoever opens it first. It goes when the test, or the suite, ends. */
  freshUrl(): Promise<string>;
}

/** A store on a fresh database, or a further one on `url`; closed when the test that opened it ends, or the suite. */
export type Open = (url?: string) => Promise<Store>;

/** Runs a whole suite on SQLite and on PostgreSQL. */
export const eachEngine = (name: string, suite: (open: Open, engine: Engine) => void): void => {
  for (const dialect of ['sqlite', 'postgres'] as const) {
    describe(`${name}, on ${dialect}`, () => {
      const later = cleanup();
      const engine: Engine = { dialect, freshUrl: () => freshUrl[dialect](later) };
      const open: Open = async (url) => {
        const store = await openStore(url ?? (await engine.freshUrl()));
        later(() => store.close());
        return store;
      };
      suite(open, engine);
    });
  }
};

type Later = (undo: () => Promise<unknown>) => void;

/** Undoes in reverse order: at the end of the test when called in one, else at the end of the suite. */
const cleanup = (): Later => {
  const undoAll: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const undo of undoAll.reverse()) await undo();
  });
  return (undo) => {
    if (TestRunner.getCurrentTest()) onTestFinished(async () => void (await undo()));
    else undoAll.push(undo);
  };
};

const freshUrl: Record<Dialect, (later: Later) => Promise<string>> = {
  sqlite: async (later) => {
    const folder = await makeScratch('sqlite');
    later(() => rm(folder, { recursive: true, force: true }));
    return `file:${join(folder, 'test.db')}`;
  },
  postgres: async (later) => {
    const url = await freshPostgres();
    later(() => fetch(`${inject('databases')}/${encodeURIComponent(url)}`, { method: 'DELETE' }));
    return url;
  },
};

/** `empty`: without our tables, as an operator would create it. */
export const freshPostgres = async (how: 'migrated' | 'empty' = 'migrated'): Promise<string> => {
  const response = await fetch(`${inject('databases')}/${how}`, { method: 'POST' });
  const body = await response.text();
  if (!response.ok) throw new Error(body);
  return body;
};
