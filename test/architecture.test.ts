import { describe, expect, it } from 'vitest';
import { missingFiles, rules } from './architecture/rules.js';
import { readSource, readSources } from './architecture/source.js';

const sources = readSources();

const broken = (path: string, text: string): string[] => {
  const source = readSource(path, text);
  return rules.filter((rule) => rule.breaks(source).length > 0).map((rule) => rule.says);
};

describe('the house', () => {
  it.each(rules)('$says', ({ breaks }) => {
    expect(sources.flatMap((source) => breaks(source).map((what) => `${source.path} ${what}`))).toEqual([]);
  });

  it('has the same first files in every platform', () => {
    expect(missingFiles(sources)).toEqual([]);
  });

  it('is read whole', () => {
    expect(sources.map(({ path }) => path)).toEqual(expect.arrayContaining(['src/config.ts', 'src/core/view.ts']));
  });
});

/** Each of these goes against one rule, which must notice. */
const violations: readonly [path: string, text: string, says: string][] = [
  ['src/core/cards.ts', `import { decisions } from '../features/index.js';`, 'core knows'],
  ['src/core/cards.ts', `export type { A } from '../platforms/slack/send.js';`, 'core knows'],
  ['src/core/cards.ts', `type A = import('@slack/types').Block;`, 'core knows'],
  ['src/core/cards.ts', `const sdk = await import('adaptivecards');`, 'core knows'],
  ['src/features/polls/views.ts', `import { x } from '../decisions/views.js';`, 'a feature knows'],
  ['src/features/polls/views.ts', `import { slack } from '../../platforms/slack/index.js';`, 'a feature knows'],
  ['src/features/polls/views.ts', `import { get } from 'node:https';`, 'a feature knows'],
  ['src/features/polls/views.ts', `const get = () => fetch('https://example.com');`, 'a feature knows'],
  ['src/features/polls/rules.ts', `import { tell } from '../../core/words.js';`, 'rules.ts is pure'],
  ['src/features/polls/rules.ts', `const draw = () => Math.random();`, 'rules.ts is pure'],
  ['src/features/polls/commands.ts', `import { eq } from 'drizzle-orm';`, 'in a feature only store.ts'],
  ['src/features/polls/commands.ts', `import { tables } from './tables.js';`, 'in a feature only store.ts'],
  ['src/features/polls/views.ts', `import { tables } from './ballot-tables.js';`, 'in a feature only store.ts'],
  ['src/platforms/slack/send.ts', `import { features } from '../../features/index.js';`, 'a platform knows'],
  ['src/platforms/slack/send.ts', `import { mention } from '../teams/render.js';`, 'a platform knows'],
  ['src/web/install.ts', `import { TurnContext } from 'botbuilder';`, "each chat's SDK"],
  ['src/sandbox/wire.ts', `import bolt = require('@slack/bolt');`, "each chat's SDK"],
  ['src/app.ts', `const run = (store: S) => store.write(async () => {});`, 'only core opens'],
  ['src/app.ts', `const run = (app: S) => app.store.snapshot(async () => {});`, 'only core opens'],
  ['src/features/polls/store.ts', `import type { Db, Store } from '../../core/db/store.js';`, 'only core opens'],
  ['src/web/server.ts', `const port = process.env.PORT;`, 'only config.ts'],
  ['src/web/server.ts', `const port = globalThis.process?.['env']?.PORT;`, 'only config.ts'],
  ['src/web/server.ts', `const { env } = process;`, 'only config.ts'],
  ['src/web/server.ts', `import { env } from 'node:process';`, 'only config.ts'],
  ['src/core/wakes.ts', `const now = () => Date.now();`, 'time is an argument'],
  ['src/features/polls/views.ts', `const now = () => new Date();`, 'time is an argument'],
  ['src/web/server.ts', `import { demo } from '../sandbox/demo.js';`, 'what runs in production'],
  ['src/web/server.ts', `console.log('hello');`, 'importing a module'],
  ['src/features/polls/ballots.ts', '', 'a feature has the same files'],
  ['src/core/utils.ts', '', 'a file is named'],
  ['src/core/cardStore.ts', '', 'a file is named'],
  ['src/core/cards.ts', '// a line\n'.repeat(251), 'a file has at most'],
];

describe('the watch over it', () => {
  it.each(violations.map(([path, text, says]) => ({ path, text, says })))('notices in $path: $says ...', (one) => {
    expect(broken(one.path, one.text)).toEqual([expect.stringMatching(new RegExp(`^${one.says}`))]);
  });

  it('notices what a platform lacks', () => {
    expect(missingFiles([readSource('src/platforms/chat/index.ts', '')])).toContain('src/platforms/chat/render.ts');
  });

  it.each([
    ['src/core/cards.ts', `import { z } from 'zod';\nconst at = (ms: number) => new Date(ms);`],
    ['src/features/polls/rules.ts', `import { z } from 'zod';\nimport type { Day } from '../../core/ids.js';`],
    ['src/features/polls/store.ts', `import { eq } from 'drizzle-orm';\nimport { tables } from './tables.js';`],
    ['src/features/index.ts', `import { decisions } from './decisions/index.js';`],
    ['src/platforms/teams/send.ts', `import { CloudAdapter } from 'botbuilder';`],
    ['src/config.ts', `export const read = () => process.env;`],
    ['src/main.ts', `start();`],
    ['src/entente.ts', `obey();`],
  ])('says nothing against what %s may do', (path, text) => {
    expect(broken(path, text)).toEqual([]);
  });
});
