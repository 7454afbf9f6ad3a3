#!/usr/bin/env node
import { existsSync } from 'node:fs';

const built = new URL('../dist/entente.js', import.meta.url);

if (existsSync(built)) await import(built.href);
else {
  process.stderr.write('Entente is not built yet. Run npm run build, then this again.\n');
  process.exitCode = 1;
}
