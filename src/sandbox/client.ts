import type { CallFilter } from './calls.js';
import type { Controls } from './controls.js';
import { Mistake } from './mistake.js';

export type Client = Controls;

const STATUSES: readonly Mistake['status'][] = [400, 404, 408];

const read = async <T>(response: Response): Promise<T> => {
  const body = (await response.json()) as { error?: string };
  if (response.ok) return body as T;
  const status = STATUSES.find((known) => known === response.status) ?? 400;
  throw new Mistake(status, body.error ?? `The sandbox answered ${response.status}.`);
};

const queryOf = (filter: CallFilter = {}): URLSearchParams =>
  new URLSearchParams(Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]));

/** Drives a sandbox over HTTP; `url` is where its control interface is. @throws Mistake as the sandbox does */
export const connect = (url: string): Client => {
  const base = url.replace(/\/$/, '');
  const headers = { 'content-type': 'application/json' };
  const get = async <T>(path: string): Promise<T> => read<T>(await fetch(`${base}${path}`));
  const post =
    <Q, T>(path: string) =>
    async (request: Q): Promise<T> =>
      read<T>(await fetch(`${base}${path}`, { method: 'POST', headers, body: JSON.stringify(request) }));
  return {
    state: () => get('/state'),
    calls: (filter) => get(`/calls?${queryOf(filter)}`),
    say: post('/say'),
    press: post('/press'),
    submit: post('/dialog/submit'),
    closeDialog: post('/dialog/close'),
    menu: post('/menu'),
    openHome: post('/home/open'),
    presence: post('/presence'),
    member: post('/member'),
    share: post('/share'),
    install: post('/install'),
    uninstall: post('/uninstall'),
    revoke: post('/revoke'),
    consent: post('/consent'),
    clock: post('/clock'),
    archive: post('/archive'),
    fail: post('/failure'),
    raw: post('/raw'),
    redeliver: post('/redeliver'),
    awaitMessage: post('/await'),
    reset: () => post<object, void>('/reset')({}),
  };
};
