/* The sandbox's page as people use it: two sides, each with a person, a composer, messages and dialogs. */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

export interface Side {
  readonly region: Locator;
  readonly dialog: Locator;
  actAs(person: string): Promise<void>;
  /** A conversation, by its name in the list on the left. */
  open(place: string): Promise<void>;
  say(text: string): Promise<void>;
  /** Messages that read like this. */
  messages(text: string | RegExp): Locator;
  /** The one card of a record: 'D-1'. */
  card(label: string): Locator;
  /** How the platform answers Entente from now on. */
  answers(how: 'OK' | '429' | '500' | 'Slow' | 'Down'): Promise<void>;
  /** An entry of the menu of a message. */
  menu(message: Locator, entry: string): Promise<void>;
}

export interface Table {
  readonly page: Page;
  readonly slack: Side;
  readonly teams: Side;
  /** What the console said and what left this machine. */
  readonly complaints: string[];
}

const sideOf = (page: Page, name: 'Slack' | 'Teams'): Side => {
  const region = page.getByRole('region', { name, exact: true });
  const messages = (text: string | RegExp): Locator => region.getByTestId('message').filter({ hasText: text });
  return {
    region,
    dialog: region.getByRole('dialog'),
    actAs: async (person) => void (await region.getByLabel('Act as').selectOption(person)),
    open: (place) => region.getByRole('navigation').getByRole('button', { name: place }).click(),
    say: async (text) => {
      const box = region.getByRole('textbox', { name: /^Message / });
      await box.fill(text);
      await box.press('Enter');
    },
    messages,
    card: (label) =>
      region.getByTestId('message').filter({ has: page.getByRole('heading', { name: new RegExp(`^${label} `) }) }),
    answers: (how) => region.getByRole('radio', { name: how, exact: true }).check(),
    menu: async (message, entry) => {
      await message.hover();
      await message.getByRole('button', { name: /^More about/ }).click();
      await message.getByRole('menuitem', { name: entry }).click();
    },
  };
};

const watch = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== 'data:' && !['localhost', '127.0.0.1'].includes(hostname)) complaints.push(`asked ${hostname}`);
  });
  return complaints;
};

export const desktop = { width: 1440, height: 900 } as const;
export const phone = { width: 390, height: 844 } as const;

export const openTable = async (
  browser: Browser,
  url: string,
  { viewport = desktop, ...options }: BrowserContextOptions = {},
): Promise<Table> => {
  const page = await browser.newPage({ viewport, locale: 'en-GB', timezoneId: 'Europe/Zurich', ...options });
  page.setDefaultTimeout(15_000);
  const complaints = watch(page);
  await page.goto(url);
  return { page, slack: sideOf(page, 'Slack'), teams: sideOf(page, 'Teams'), complaints };
};

/** Waits until a message or a dialog says this. */
export const reads = (place: Locator, text: string | RegExp): Promise<void> => place.getByText(text).first().waitFor();

export const confirm = (side: Side, label: string): Promise<void> =>
  side.card(label).getByRole('button', { name: 'Confirm wording' }).click();

/** The answer to what was done outside a conversation. */
export const closeWindow = async ({ dialog }: Side): Promise<void> => {
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await dialog.waitFor({ state: 'detached' });
};
