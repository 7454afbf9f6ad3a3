import type { Controls } from '../../src/sandbox/controls.js';

/** Somebody installs the app on Slack's own page, whoever else does so at the same moment. True when they are told so. */
export const installOnSlack = async ({ state }: Controls, person: string): Promise<boolean> => {
  const off = { redirect: 'manual' } as const;
  try {
    const begun = await fetch((await state()).installUrl ?? '', off);
    const cookie = begun.headers.getSetCookie().map((one) => one.split(';', 1)[0]);
    const page = new URL(begun.headers.get('location') ?? '');
    const decide = new URL(`decide${page.search}`, page);
    const body = new URLSearchParams({ answer: 'allow', person });
    const allowed = await fetch(decide, { ...off, method: 'POST', body });
    const back = await fetch(allowed.headers.get('location') ?? '', { headers: { cookie: cookie.join('; ') } });
    return (await back.text()).includes('is installed in');
  } catch {
    // Entente is away: the browser says so, and they try again.
    return false;
  }
};
