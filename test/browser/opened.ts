import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { launchChromium } from './chromium.js';
import { type Entente, startEntente } from './entente.js';
import { desktop, openTable, type Table } from './table.js';

const artifacts = fileURLToPath(new URL('../.artifacts/', import.meta.url));

/** One browser for a file; each test opens an Entente of its own, with nothing in it. */
export const withBrowser = () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  return async (viewport: { width: number; height: number } = desktop): Promise<Table & { entente: Entente }> => {
    const entente = await startEntente();
    const table = await openTable(browser, entente.url, { viewport });
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') await keepPicture(table, task.name);
      await table.page.close();
      await entente.stop();
    });
    return { ...table, entente };
  };
};

const keepPicture = async ({ page }: Table, name: string): Promise<void> => {
  await mkdir(artifacts, { recursive: true });
  await page.screenshot({ path: `${artifacts}${name.replace(/\W+/g, '-')}.png` });
};

/** Nothing in the console, nothing asked of another machine, by the page or by Entente. */
export const expectQuiet = ({ complaints, entente }: Table & { entente: Entente }): void => {
  expect([...complaints, ...entente.outside]).toEqual([]);
};
