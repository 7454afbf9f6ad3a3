import type { Import, Source } from './source.js';

/** One line of the table *who may import what*: `breaks` gives what in a file goes against it. */
export interface Rule {
  readonly says: string;
  readonly breaks: (source: Source) => readonly string[];
}

const under =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(`src/${folder}`));
const sdk = (of: string): boolean =>
  /^(@slack\/|@microsoft\/|botbuilder|botframework|adaptivecards|adaptive-expressions)/.test(of);
const network = (of: string): boolean =>
  /^(node:)?(http|https|http2|net|tls|dgram|dns)(\/|$)/.test(of) || /^(undici|express|ws)$/.test(of);

/** 'decisions' of 'src/features/decisions/rules.ts'; nothing for 'src/features/index.ts'. */
const member = (path: string, folder: string): string | undefined =>
  new RegExp(`^src/${folder}/([^/]+)/`).exec(path)?.[1];
const file = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
/** 'store' of 'store.ts', and of 'review-store.ts' which outgrew it. */
const kindOf = (path: string): string => file(path).replace(/^(?:[a-z]+-)*([a-z]+)\.ts$/, '$1');

const imports = (source: Source, wrong: (one: Import) => boolean): string[] =>
  source.imports.filter(wrong).map(({ of }) => `imports ${of}`);
const uses = (source: Source, wrong: RegExp): string[] =>
  [...new Set(source.uses.filter((one) => wrong.test(one)))].map((one) => `uses ${one}`);

const core: Rule = {
  says: 'core knows no feature, no platform and no chat SDK',
  breaks: (source) =>
    under('core/')(source.path)
      ? imports(source, ({ of }) => sdk(of) || network(of) || (of.startsWith('src/') && !of.startsWith('src/core/')))
      : [],
};

const features: Rule = {
  says: 'a feature knows core and itself: no other feature, no platform, no SDK, no network',
  breaks: (source) => {
    const name = member(source.path, 'features');
    if (name === undefined) return [];
    const own = under('core/', `features/${name}/`);
    return [
      ...imports(source, ({ of }) => sdk(of) || network(of) || (of.startsWith('src/') && !own(of))),
      ...uses(source, /^fetch\(\)$/),
    ];
  },
};

/** What rules.ts may use of core besides its types: each of them is as pure. */
const pureCore = new Set(
  [
    'agenda',
    'context',
    'days',
    'errors',
    'mentioned',
    'naming',
    'permission',
    'entries/search-query',
    'entries/search-words',
    'sentences',
    'undoing',
    'waiting',
    'workdays',
  ].map((name) => `src/core/${name}.ts`),
);

const pureRules: Rule = {
  says: "rules.ts is pure, and so is what it uses of core: zod and core's types, no clock, no I/O",
  breaks: (source) => {
    const isRules = member(source.path, 'features') !== undefined && kindOf(source.path) === 'rules';
    if (!isRules && !pureCore.has(source.path)) return [];
    const feature = member(source.path, 'features');
    const pure = ({ of, typeOnly }: Import): boolean =>
      of === 'zod' ||
      (isRules && member(of, 'features') === feature && kindOf(of) === 'rules') ||
      (!isRules && of === 'temporal-polyfill') ||
      pureCore.has(of) ||
      (typeOnly && of.startsWith('src/core/'));
    return [
      ...imports(source, (one) => !pure(one)),
      ...uses(
        source,
        /^(set(Timeout|Interval|Immediate)|queueMicrotask|Math\.random|performance\.now)\(\)$|^process\./,
      ),
    ];
  },
};

const queries: Rule = {
  says: 'in a feature only store.ts queries: drizzle and tables.ts are for it',
  breaks: (source) => {
    const name = member(source.path, 'features');
    if (name === undefined || /^(store|tables)$/.test(kindOf(source.path))) return [];
    const isTables = (of: string) => member(of, 'features') === name && kindOf(of) === 'tables';
    return imports(source, ({ of }) => of.startsWith('drizzle-orm') || isTables(of));
  },
};

const platforms: Rule = {
  says: 'a platform knows no feature and no other platform',
  breaks: (source) => {
    const name = member(source.path, 'platforms');
    if (name === undefined) return [];
    const known = under('core/', `platforms/${name}/`, 'platforms/surroundings.ts', 'config.ts');
    return imports(source, ({ of }) => of.startsWith('src/') && !known(of));
  },
};

const sdks: Rule = {
  says: "each chat's SDK stays in its platform's folder, so that leaving it costs one folder",
  breaks: (source) =>
    imports(source, ({ of }) => {
      if (/^(botbuilder|botframework)/.test(of)) return member(source.path, 'platforms') !== 'teams';
      return /^@slack\/(bolt|web-api|oauth|socket-mode)/.test(of) && member(source.path, 'platforms') !== 'slack';
    }),
};

const transactions: Rule = {
  says: 'only core opens a transaction: a nested one deadlocks SQLite',
  breaks: (source) => {
    if (under('core/')(source.path)) return [];
    const handed = under('features/', 'platforms/')(source.path);
    return [
      ...uses(source, /\.transaction\(\)$|(^|\.)store\.(write|snapshot)\(\)$/),
      ...imports(source, ({ of, names }) => handed && of === 'src/core/db/store.ts' && names.includes('Store')),
    ];
  },
};

const environment: Rule = {
  says: 'only config.ts reads the environment',
  breaks: (source) => {
    if (source.path === 'src/config.ts') return [];
    return [...uses(source, /(^|\.)process\.env$/), ...imports(source, ({ of }) => /^(node:)?process$/.test(of))];
  },
};

const clock: Rule = {
  says: 'time is an argument in core and features',
  breaks: (source) =>
    under('core/', 'features/')(source.path)
      ? uses(source, /^(Date\.now\(\)|new Date\(\)|Date\(\)|Temporal\.Now\..*)$/)
      : [],
};

const sandbox: Rule = {
  says: 'what runs in production does not lean on the sandbox',
  breaks: (source) =>
    under('core/', 'features/', 'platforms/', 'web/')(source.path)
      ? imports(source, ({ of }) => of.startsWith('src/sandbox/'))
      : [],
};

const effects: Rule = {
  says: 'importing a module does nothing, except the two that are run: main.ts and entente.ts',
  breaks: ({ path, effects: count }) => {
    const run = path === 'src/main.ts' || path === 'src/entente.ts' || under('sandbox/page/')(path);
    return count === 0 || run ? [] : [`has ${count} statements that act`];
  },
};

const featureFiles = new Set(['index', 'rules', 'store', 'tables', 'commands', 'interactions', 'views']);

const names: Rule = {
  says: 'a feature has the same files as every other one, each split by noun where it outgrows its length',
  breaks: ({ path }) => {
    const name = member(path, 'features');
    const deep = name !== undefined && path.slice(`src/features/${name}/`.length).includes('/');
    const known = name === undefined || (!deep && featureFiles.has(kindOf(path)));
    return known ? [] : [`is not one of ${[...featureFiles].join(', ')}, nor one of them with a noun before it`];
  },
};

/** Where to look first in any platform; what outgrows one of them stands beside it under its own noun. */
const platformFiles = ['index', 'receive', 'payloads', 'render', 'send', 'limits'];

/** What a platform lacks of the files that every one has. */
export const missingFiles = (sources: readonly Source[]): string[] => {
  const paths = new Set(sources.map(({ path }) => path));
  const found = new Set(sources.flatMap(({ path }) => member(path, 'platforms') ?? []));
  return [...found]
    .flatMap((name) => platformFiles.map((one) => `src/platforms/${name}/${one}.ts`))
    .filter((path) => !paths.has(path));
};

const vagueNames: Rule = {
  says: 'a file is named by the domain, in kebab-case',
  breaks: ({ path }) => {
    const name = file(path).replace(/\.tsx?$/, '');
    const vague = /^(utils?|helpers?|managers?|services?|common|misc)$/.test(name);
    return vague || !/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(name) ? ['has a name that says nothing'] : [];
  },
};

const length: Rule = {
  says: 'a file has at most 250 lines',
  breaks: ({ lines }) => (lines > 250 ? [`has ${lines} lines: split it by noun`] : []),
};

export const rules: readonly Rule[] = [
  core,
  features,
  pureRules,
  queries,
  platforms,
  sdks,
  transactions,
  environment,
  clock,
  sandbox,
  effects,
  names,
  vagueNames,
  length,
];
