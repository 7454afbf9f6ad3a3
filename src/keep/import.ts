import { existsSync } from 'node:fs';
import { pagesOf } from '../core/copy/pages.js';
import { type Plan, planRestore } from '../core/copy/plan.js';
import { restoreCopy } from '../core/copy/restore.js';
import { openStore } from '../core/db/open.js';
import { openReading } from '../core/db/reading.js';
import type { Feature } from '../core/feature.js';
import { newIdAt } from '../core/new-id.js';
import { oneAlliance } from './alliances.js';

export interface ImportOptions {
  readonly databaseUrl: string;
  readonly features: readonly Feature[];
  readonly now: () => number;
  readonly path: string;
  readonly alliance?: string;
  readonly dryRun: boolean;
}

export interface Imported {
  readonly taken: boolean;
  readonly text: string;
}

const records = (count: number): string => (count === 1 ? '1 record' : `${count.toLocaleString('en')} records`);

const refusal = ({ faults }: Plan): string =>
  [
    ...[...faults].sort((a, b) => a.line - b.line).map(({ line, text }) => `Line ${line}: ${text}.`),
    `Nothing was imported: ${faults.length === 1 ? 'one thing is' : `${faults.length} things are`} in the way.`,
  ].join('\n');

const strangerLine = ({ strangers }: Plan): string => {
  const few = strangers.slice(0, 20).join(', ');
  const more = strangers.length > 20 ? ` and ${strangers.length - 20} more` : '';
  return `Not known here, so kept by name alone, without an account: ${few}${more}.`;
};

const success = (plan: Plan, alliance: string, dryRun: boolean): string => {
  const { fresh, same } = plan;
  if (fresh === 0)
    return same === 0
      ? 'The file holds no records. Nothing was changed.'
      : `${alliance} holds all ${records(same)} of this file already, just as it tells them. Nothing was changed.`;
  const rest = same > 0 ? ` ${records(same)} ${same === 1 ? 'is' : 'are'} there already, and stay as they are.` : '';
  const what = dryRun
    ? `All of it can be taken: ${records(fresh)} would be imported into ${alliance}.${rest} Nothing was changed.`
    : `${records(fresh)} ${fresh === 1 ? 'was' : 'were'} imported into ${alliance}.${rest} Their history says so. No cards were posted: people find them in the log.`;
  return plan.strangers.length > 0 ? `${what}\n${strangerLine(plan)}` : what;
};

const plan = async (options: ImportOptions): Promise<readonly [Plan, string]> => {
  const { databaseUrl, features, now, path } = options;
  const reading = await openReading(databaseUrl);
  try {
    const pages = pagesOf(reading, now);
    const { id, name } = await oneAlliance(pages, options.alliance);
    const byName = new Map(features.map((feature) => [feature.name, feature]));
    return [await planRestore({ pages, features: byName, alliance: id, path }), name];
  } finally {
    await reading.close();
  }
};

const carryOut = async (options: ImportOptions): Promise<readonly [Plan, string]> => {
  const { databaseUrl, features, now, path } = options;
  const store = await openStore(databaseUrl);
  try {
    const pages = pagesOf(store, now);
    const { id, name } = await oneAlliance(pages, options.alliance);
    const byName = new Map(features.map((feature) => [feature.name, feature]));
    const newId = () => newIdAt(now());
    return [await restoreCopy({ store, pages, features: byName, alliance: id, path, now, newId }), name];
  } finally {
    await store.close();
  }
};

/**
 * Takes a spreadsheet of a copy back, all of it or nothing. On SQLite only while Entente is stopped; a dry run may run
 * beside it. @throws Error that says what to do
 */
export const importCopy = async (options: ImportOptions): Promise<Imported> => {
  if (!existsSync(options.path)) throw new Error(`There is no file ${options.path}.`);
  const [found, name] = options.dryRun ? await plan(options) : await carryOut(options);
  if (found.faults.length > 0) return { taken: false, text: refusal(found) };
  return { taken: true, text: success(found, name, options.dryRun) };
};
