/** Writes the next migration for both engines: `npm run db:generate -- --name what_changed`, in a terminal. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { name: { type: 'string' } } });
if (!values.name) throw new Error('Say what changes: npm run db:generate -- --name what_changed');

for (const [folder, dialect] of [
  ['sqlite', 'sqlite'],
  ['postgres', 'postgresql'],
] as const) {
  const where = [`--schema=db/${folder}.schema.cts`, `--out=db/${folder}`, `--dialect=${dialect}`];
  const { status } = spawnSync('drizzle-kit', ['generate', ...where, `--name=${values.name}`], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
