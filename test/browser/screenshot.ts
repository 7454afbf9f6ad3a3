/* docs/sandbox.png: the first journey of the README, done. `npm run build && npm run screenshot` */
import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium.js';
import { startEntente } from './entente.js';
import { confirm, openTable, reads } from './table.js';

const path = fileURLToPath(new URL('../../docs/sandbox.png', import.meta.url));

const browser = await launchChromium();
const entente = await startEntente();
const { page, slack, teams } = await openTable(browser, entente.url);
await slack.say('/decision Meet monthly because the data comes monthly instead of every week');
await confirm(teams, 'D-1');
for (const side of [slack, teams]) {
  await reads(side.card('D-1'), 'Agreed');
  await reads(side.card('D-1'), 'Delivered to');
}
await page.mouse.move(0, 0);
await page.screenshot({ path, animations: 'disabled' });
await browser.close();
await entente.stop();
