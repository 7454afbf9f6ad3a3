import type { World } from '../model.js';

const ROOT = '/sandbox/api';

/** How the page hears of changes: 'live', or waiting for the server to come back. */
export type Link = 'connecting' | 'live' | 'reconnecting';

export async function getWorld(): Promise<World> {
  return read<World>(await fetch(`${ROOT}/state`, { headers: { accept: 'application/json' } }));
}

/** @throws Error with the server's own sentence. */
export async function post<Answer>(path: string, body: object): Promise<Answer> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return read<Answer>(await fetch(`${ROOT}${path}`, init));
}

async function read<Answer>(response: Response): Promise<Answer> {
  const body: unknown = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(sentenceOf(body) ?? `The sandbox answered ${response.status}.`);
  return body as Answer;
}

function sentenceOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  return typeof body.error === 'string' ? body.error : undefined;
}

const RECONNECT_MS = 1_000;

/** Calls `onChange` at once and after each change, until the returned function is called. */
export function listen(onChange: () => void, onLink: (link: Link) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(`${ROOT}/events`);
    source.onopen = () => onLink('live');
    source.onmessage = onChange;
    source.onerror = () => {
      onLink('reconnecting');
      // A browser gives up for good when the answer is an error, which is what a restarting server sends.
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, RECONNECT_MS);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
