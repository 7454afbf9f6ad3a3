import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Fetched when the tests run, and no dependency: its licence is for pre-release software. */
const program = '@microsoft/m365agentsplayground@0.2.28';

export interface PlaygroundWorld {
  readonly tenant: string;
  readonly bot: { readonly id: string; readonly name: string };
  /** The first one sits in front of it; six in all, as it wants. */
  readonly people: readonly { readonly id: string; readonly name: string; readonly aadObjectId: string }[];
  readonly personal: string;
  readonly group: string;
  readonly team: string;
  readonly channel: string;
}

const configOf = (world: PlaygroundWorld): string => {
  const [currentUser, ...users] = world.people.map((person) => ({
    ...person,
    userPrincipleName: `${person.aadObjectId}@example.com`,
    givenName: person.name,
    surname: person.name,
    email: `${person.aadObjectId}@example.com`,
  }));
  return stringify({
    version: '0.1.1',
    tenantId: world.tenant,
    bot: world.bot,
    currentUser,
    users,
    personalChat: { id: world.personal },
    groupChat: { id: world.group, name: 'Alliance desk' },
    team: {
      id: world.team,
      name: 'Alliance',
      aadGroupId: '22222222-2222-2222-2222-222222222222',
      channels: [{ id: world.channel, name: 'JSC' }],
    },
  });
};

const launch = (folder: string, endpoint: string, port: number): ChildProcess => {
  const start = ['start', '-e', endpoint, '-c', 'msteams', '-p', String(port), '--dt'];
  return spawn('npm', ['exec', '--yes', `--package=${program}`, '--', 'agentsplayground', ...start], {
    cwd: folder,
    // npm's own child is the one that serves; both end together.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none' },
  });
};

/** The port it says that it listens on: it takes another one when its own is taken. */
const portOf = async (child: ChildProcess): Promise<number> => {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The Agents Playground did not start:\n${said}`);
  });
  const listening = async (): Promise<number> => {
    for (;;) {
      const port = /Listening on (\d+)/.exec(said)?.[1];
      if (port) return Number(port);
      await once(child.stdout as NodeJS.ReadableStream, 'data');
    }
  };
  ended.catch(() => undefined);
  return Promise.race([listening(), ended]);
};

const stopGroup = async (child: ChildProcess, folder: string): Promise<void> => {
  const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  try {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  } catch {
    // Gone already.
  }
  await gone;
  await rm(folder, { recursive: true, force: true });
};

/** A running Playground on loopback. */
export interface Launched {
  readonly port: number;
  stop(): Promise<void>;
}

export const launchPlayground = async (world: PlaygroundWorld, endpoint: string, port: number): Promise<Launched> => {
  const folder = await mkdtemp(join(tmpdir(), 'entente-playground-'));
  await writeFile(join(folder, '.m365agentsplayground.yml'), configOf(world));
  const child = launch(folder, endpoint, port);
  const stop = () => stopGroup(child, folder);
  try {
    return { port: await portOf(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
