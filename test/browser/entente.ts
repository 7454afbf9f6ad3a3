/* The built product, started as its users start it: `node dist/main.js`, nothing configured. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeScratch } from '../scratch.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const loopback = new URL('loopback.mjs', import.meta.url).href;

export interface Entente {
  readonly url: string;
  /** Hosts outside this machine that it tried to reach. */
  readonly outside: readonly string[];
  /** Stops and starts again, on the same port and the same data. */
  restart(): Promise<void>;
  /** What `npm run entente -- ...` says of its data, line by line, while it is stopped. */
  runStopped(...lines: readonly (readonly string[])[]): Promise<string>;
  stop(): Promise<void>;
}

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
}

const start = async (folder: string, port: number, outside: string[]): Promise<Running> => {
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_OPTIONS: `--import ${loopback}`,
      PORT: String(port),
      DATABASE_URL: `file:${folder}/entente.db`,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.on('message', (told: { outside: string }) => outside.push(told.outside));
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk;
      const [address] = /http:\/\/localhost:\d+/.exec(said) ?? [];
      if (address) resolve(address);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', () => reject(new Error(`Entente did not start:\n${said}`)));
  });
  return { url, child };
};

const end = async ({ child }: Running): Promise<void> => {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = await exited;
  if (code !== 0) throw new Error(`Entente ended with ${code}.`);
};

export const startEntente = async (): Promise<Entente> => {
  if (!existsSync(`${root}dist/main.js`)) throw new Error('There is no build. Run `npm run build` first.');
  const folder = await makeScratch('browser');
  const outside: string[] = [];
  let running = await start(folder, 0, outside);
  const { url } = running;
  const again = async (): Promise<void> => {
    running = await start(folder, Number(new URL(url).port), outside);
  };
  return {
    url,
    outside,
    restart: async () => {
      await end(running);
      await again();
    },
    runStopped: async (...lines) => {
      await end(running);
      const env = { PATH: process.env.PATH, DATABASE_URL: `file:${folder}/entente.db` };
      let said = '';
      for (const words of lines)
        said += (await run(process.execPath, ['bin/entente.js', ...words], { cwd: root, env })).stdout;
      await again();
      return said;
    },
    stop: async () => {
      await end(running);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
