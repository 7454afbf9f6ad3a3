/** Fails when a table was changed and no migration was generated, or one for one engine only. */
import { readdir, readFile } from 'node:fs/promises';
import { generateDrizzleJson, generateSQLiteDrizzleJson } from 'drizzle-kit/api';
import { is, sql } from 'drizzle-orm';
import { PgTable, getTableConfig as postgresConfig } from 'drizzle-orm/pg-core';
import { type SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core';
import { expect, it } from 'vitest';
import { declaredTables } from '../db/declared.js';
import { migrationsFolder } from '../src/core/db/migrate.js';
import type { Store } from '../src/core/db/store.js';
import { eachEngine } from './stores.js';

const lastSnapshot = async (dialect: 'sqlite' | 'postgres'): Promise<Record<string, unknown>> => {
  const meta = `${migrationsFolder(dialect)}/meta`;
  const names = (await readdir(meta)).filter((name) => name.endsWith('_snapshot.json')).sort();
  return JSON.parse(await readFile(`${meta}/${names.at(-1)}`, 'utf8'));
};

const draw = {
  sqlite: (): Promise<unknown> => generateSQLiteDrizzleJson(declaredTables('sqlite')),
  postgres: async (): Promise<unknown> => generateDrizzleJson(declaredTables('postgres')),
};

it.each(['sqlite', 'postgres'] as const)('every change of a table has its migration for %s', async (dialect) => {
  const declared = JSON.parse(JSON.stringify(await draw[dialect]()));
  const generated = await lastSnapshot(dialect);
  expect(generated.tables, 'run: npm run db:generate -- --name what_changed').toEqual(declared.tables);
});

interface Shape {
  readonly columns: readonly string[];
  readonly indexes: readonly string[];
}

/** 'name' or 'name!' when it may not be null. */
const columnOf = (name: string, required: boolean): string => `${name}${required ? '!' : ''}`;
const indexOf = (name: string, unique: boolean, partial: boolean): string =>
  `${name}${unique ? ' unique' : ''}${partial ? ' partial' : ''}`;

const declaredShapes = (dialect: 'sqlite' | 'postgres'): Record<string, Shape> => {
  const shapes: Record<string, Shape> = {};
  for (const table of Object.values(declaredTables(dialect))) {
    const config = is(table, PgTable) ? postgresConfig(table) : sqliteConfig(table as SQLiteTable);
    const keys = config.primaryKeys.flatMap((key) => key.columns.map((column) => column.name));
    shapes[config.name] = {
      columns: config.columns.map(({ name, notNull }) => columnOf(name, notNull || keys.includes(name))).sort(),
      indexes: config.indexes
        .map((index) => indexOf(String(index.config.name), index.config.unique, index.config.where !== undefined))
        .sort(),
    };
  }
  return shapes;
};

const columnsIn = {
  sqlite: sql`select m.name as tab, c.name as col, c."notnull" as required from sqlite_master m, pragma_table_info(m.name) c
    where m.type = 'table' and m.name not like 'sqlite_%'`,
  postgres: sql`select table_name as tab, column_name as col, case is_nullable when 'NO' then 1 else 0 end as required
    from information_schema.columns where table_schema = 'public'`,
};
const indexesIn = {
  sqlite: sql`select m.name as tab, i.name as ind, i."unique" as uniq, i.partial as part
    from sqlite_master m, pragma_index_list(m.name) i where m.type = 'table' and i.origin = 'c'`,
  postgres: sql`select t.relname as tab, c.relname as ind, i.indisunique::int as uniq, (i.indpred is not null)::int as part
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    join pg_namespace n on n.oid = t.relnamespace where n.nspname = 'public' and not i.indisprimary`,
};

/** What only the engine's own search has, which no table of ours declares. */
const ofSearch = /^(entry_words.*|entries_search|search)$/;

const foundShapes = async ({ read, dialect }: Store): Promise<Record<string, Shape>> => {
  const columns = await read.rows<{ tab: string; col: string; required: number }>(columnsIn[dialect]);
  const indexes = await read.rows<{ tab: string; ind: string; uniq: number; part: number }>(indexesIn[dialect]);
  const tables = [...new Set(columns.map(({ tab }) => tab))].filter(
    (tab) => tab !== 'migrations' && !ofSearch.test(tab),
  );
  return Object.fromEntries(
    tables.map((tab) => [
      tab,
      {
        columns: columns
          .filter((one) => one.tab === tab && !ofSearch.test(one.col))
          .map((one) => columnOf(one.col, one.required === 1))
          .sort(),
        indexes: indexes
          .filter((one) => one.tab === tab && !ofSearch.test(one.ind))
          .map((one) => indexOf(one.ind, one.uniq === 1, one.part === 1))
          .sort(),
      },
    ]),
  );
};

eachEngine('the migrations', (open) => {
  it('make exactly the declared tables out of an empty database', async () => {
    const store = await open();
    const found = await foundShapes(store);
    expect(found).toEqual(declaredShapes(store.dialect));
    expect(found).toEqual(declaredShapes(store.dialect === 'sqlite' ? 'postgres' : 'sqlite'));
  });
});
