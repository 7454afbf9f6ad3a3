import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { type ESTree, parseSync } from 'vite';

export interface Import {
  /** 'src/core/view.ts' for one of our files, else as written: 'express', 'node:http'. */
  readonly of: string;
  readonly typeOnly: boolean;
  readonly names: readonly string[];
}

/** What a file reaches for, as far as the rules ask. */
export interface Source {
  /** From the repository's root, with slashes: 'src/core/view.ts'. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** 'process.env', 'Date.now()', 'store.write()', and any name used without being declared as 'fetch'. */
  readonly uses: readonly string[];
  /** Statements at the top that do something when the file is imported. */
  readonly effects: number;
}

type Node = ESTree.Node;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child);
  }
}

/** 'a.b.c' of a chain of names; '' of anything else. A call in the chain is left out: 'of().write' is 'of.write'. */
const chain = (node: Node): string => {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (node.type === 'CallExpression') return chain(node.callee);
  if (node.type === 'ChainExpression' || node.type === 'TSNonNullExpression') return chain(node.expression);
  if (node.type !== 'MemberExpression') return '';
  const { property } = node;
  const name = property.type === 'Literal' ? String(property.value) : node.computed ? '[]' : chain(property);
  return `${chain(node.object)}.${name}`;
};

const destructured = (node: Node): string[] => {
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern' || !node.init) return [];
  const from = chain(node.init);
  return node.id.properties.map((one) => `${from}.${one.type === 'Property' ? chain(one.key) : '[]'}`);
};

const use = (node: Node): string[] => {
  if (node.type === 'MemberExpression') return [chain(node)];
  if (node.type === 'NewExpression') return [`new ${chain(node.callee)}(${node.arguments.length === 0 ? '' : '...'})`];
  return node.type === 'CallExpression' ? [`${chain(node.callee)}()`] : destructured(node);
};

const literal = (node: Node): string => (node.type === 'Literal' ? String(node.value) : '');

/** Imports which the parser's own list leaves out: `import('x').T` in types, `import()` and `require()`. */
const hidden = (node: Node): { of: string; typeOnly: boolean } | undefined => {
  if (node.type === 'TSImportType') return { of: literal(node.source), typeOnly: true };
  if (node.type === 'TSExternalModuleReference') return { of: literal(node.expression), typeOnly: false };
  if (node.type === 'ImportExpression') return { of: literal(node.source), typeOnly: false };
  const required = node.type === 'CallExpression' && chain(node.callee) === 'require' && node.arguments[0];
  return required ? { of: literal(required), typeOnly: false } : undefined;
};

const place = (path: string, of: string): string =>
  of.startsWith('.') ? join(dirname(path), of).replace(/\.js(x?)$/, '.ts$1') : of;

const declarative = /^(Import|Export|Variable|Function|Class|TS)/;

export const readSource = (path: string, text: string): Source => {
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const nodes = [...walk(program)];
  const named = module.staticImports.map(({ moduleRequest, entries }) => ({
    of: moduleRequest.value,
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    names: entries.map((entry) => entry.importName.name ?? '*'),
  }));
  const passedOn = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ moduleRequest, isType, importName }) =>
      moduleRequest ? [{ of: moduleRequest.value, typeOnly: isType, names: [importName.name ?? '*'] }] : [],
    );
  const others = nodes.flatMap((node) => hidden(node) ?? []).map((one) => ({ ...one, names: ['*'] }));
  return {
    path,
    lines: text.trimEnd().split('\n').length,
    imports: [...named, ...passedOn, ...others].map((one) => ({ ...one, of: place(path, one.of) })),
    uses: nodes.flatMap(use),
    effects: program.body.filter((node) => !declarative.test(node.type) && !('directive' in node && node.directive))
      .length,
  };
};

const isTest = (path: string): boolean => /\.test\.tsx?$|\/fixtures\//.test(path);

/** Every module that ships; tests may look anywhere. */
export const readSources = (): Source[] =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path) && !isTest(path))
    .sort()
    .map((path) => readSource(path, readFileSync(path, 'utf8')));
