import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** With a profile of its own that is gone afterwards; nothing of the browser's own goes out. */
export const launchChromium = (): Promise<Browser> => {
  const executablePath = installed.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error(`No Chromium found. Looked for ${installed.join(', ')}.`);
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
};
