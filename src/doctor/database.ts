import { codeOf, type Inspection, inspectDatabase } from '../core/db/inspect.js';
import { pendingMigrations } from '../core/db/migrate.js';
import { clockFinding } from './clock.js';
import { attention, broken, type Finding, ok } from './finding.js';

const examineMigrations = ({ dialect, migrations, exists }: Inspection): Finding => {
  const what = 'Migrations';
  try {
    const pending = pendingMigrations(dialect, migrations);
    if (pending.length === 0) return ok(what, `all ${migrations.length} are applied`);
    if (!exists || migrations.length === 0) return ok(what, `all ${pending.length} are applied at the first start`);
    return attention(
      what,
      `${pending.length} are applied at the next start. Take a backup before: there is no way back.`,
    );
  } catch (error) {
    return broken(what, error instanceof Error ? error.message : String(error));
  }
};

const examineWriting = ({ engine, exists, readOnly, dialect }: Inspection): Finding => {
  if (readOnly !== undefined)
    return broken(
      'Database',
      dialect === 'sqlite'
        ? `${engine}, but it cannot be written (${readOnly}). Let Entente's user write the file and its folder.`
        : `${engine}, but it cannot be written (${readOnly}). Let DATABASE_URL name a server and a user that may.`,
    );
  return ok('Database', exists ? `${engine}, can be written` : `${engine}; the file is made at the first start`);
};

const examine = (found: Inspection, now: () => number): readonly Finding[] => [
  examineWriting(found),
  ...(found.encoding === undefined || found.encoding === 'UTF8'
    ? []
    : [broken('Database', `its encoding is ${found.encoding}. Create one with the encoding UTF8.`)]),
  examineMigrations(found),
  ...(found.now === undefined ? [] : [clockFinding('the database', now(), found.now)]),
];

export interface Examined {
  readonly findings: readonly Finding[];
  /** What the database holds; nothing when it cannot be read. */
  readonly found?: Inspection;
}

export const examineDatabase = async (databaseUrl: string, now: () => number): Promise<Examined> => {
  try {
    const found = await inspectDatabase(databaseUrl);
    return { findings: examine(found, now), found };
  } catch (error) {
    const text = `it cannot be reached or read (${codeOf(error)}). Check DATABASE_URL, that the server runs, and who may read the file.`;
    return { findings: [broken('Database', text)] };
  }
};
