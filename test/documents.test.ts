import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageFile from '../package.json' with { type: 'json' };
import { variableNames } from '../src/config.js';
import { features } from '../src/features/index.js';

const read = (path: string): string => readFileSync(path, 'utf8');
const readme = read('README.md');
const contributing = read('CONTRIBUTING.md');
const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/failures.md'];
const all = documents.map(read).join('\n');

/** The first cell of each row of the table under a heading. */
const firstCells = (document: string, heading: string): string[] => {
  const section = document.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([^|]+)` \|/gm)].map(([, cell = '']) => cell);
};

describe('the README', () => {
  it('explains every variable that is read, and no other', () => {
    expect(firstCells(readme, 'Configuration').sort()).toEqual([...variableNames].sort());
  });

  it('explains every command', () => {
    const names = features.flatMap(({ commands = [] }) => commands.map(({ name }) => name));
    expect(firstCells(readme, 'Commands')).toEqual([...names, 'alliance', 'help', 'entente']);
  });
});

describe('CONTRIBUTING', () => {
  it('says why each dependency is there', () => {
    const { dependencies, devDependencies } = packageFile;
    const named = new Set(firstCells(contributing, 'Dependencies').flatMap((cell) => cell.split('`, `')));
    const names = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@types/'));
    expect([...named].filter((name) => name !== '@types/*').sort()).toEqual(names.sort());
  });

  const blocks = new Map(
    [...contributing.matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs)].map(([, path = '', text = '']) => [path, text]),
  );
  const examples = ['features/risks', 'platforms/plain'].flatMap((folder) =>
    readdirSync(`test/examples/${folder.split('/')[1]}`).map((name) => ({ folder, name })),
  );

  it.each(examples)('shows $folder/$name as it is tested', ({ folder, name }) => {
    const [kind, example] = folder.split('/');
    const source = read(`test/examples/${example}/${name}`)
      .replaceAll('../../../src/platforms/', '../')
      .replaceAll('../../../src/', '../../');
    // 'plain' is no PlatformId, so the tested one goes by another name.
    const shown = kind === 'platforms' ? source.replaceAll("'teams'", "'plain'") : source;
    expect(blocks.get(`src/${folder}/${name}`)).toBe(shown);
  });

  it('shows nothing that is not tested', () => {
    expect([...blocks.keys()].sort()).toEqual(examples.map(({ folder, name }) => `src/${folder}/${name}`).sort());
  });
});

describe('the documents', () => {
  it.each(documents)('%s links to files that exist', (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(dirname(path), link)))).toEqual([]);
  });

  it('name only scripts that exist', () => {
    const named = new Set([...all.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name));
    expect([...named].filter((name) => !(name in packageFile.scripts))).toEqual([]);
  });

  it('name only metrics that exist', () => {
    const source = read('src/web/metrics.ts');
    const named = new Set([...all.matchAll(/entente_[a-z_]+/g)].map(([name]) => name));
    expect([...named].filter((name) => !source.includes(`'${name}'`))).toEqual([]);
  });
});
