import { type Dialect, type Kit, postgresKit, sqliteKit } from '../src/core/db/kit.js';
import { coreTables } from '../src/core/tables.js';
import { features } from '../src/features/index.js';

const kits: Record<Dialect, Kit> = { sqlite: sqliteKit, postgres: postgresKit };

/** Every table of the core and of the features, in one engine's words. */
export const declaredTables = (dialect: Dialect): Record<string, unknown> => {
  const definitions = [...coreTables, ...features.flatMap(({ tables }) => tables ?? [])];
  return Object.assign({}, ...definitions.map((define) => define(kits[dialect])));
};
