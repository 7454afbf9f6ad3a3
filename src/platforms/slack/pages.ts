/* What somebody sees in the browser after Slack has asked them whether to install Entente. */

export type Outcome =
  | { readonly kind: 'installed'; readonly workspace?: string }
  | { readonly kind: 'denied' | 'expired' | 'failed' };

interface Page {
  readonly status: number;
  readonly title: string;
  readonly lines: readonly string[];
  readonly again: boolean;
}

const SETUP = 'To begin an alliance, type /entente setup in Slack, in any channel or in a message to Entente.';
const JOIN = 'If the other company has sent you a code, type /entente join and the code.';

const pageOf = (outcome: Outcome): Page => {
  switch (outcome.kind) {
    case 'installed':
      return {
        status: 200,
        title: outcome.workspace ? `Entente is installed in ${outcome.workspace}` : 'Entente is installed',
        lines: [SETUP, JOIN, 'You can close this page.'],
        again: false,
      };
    case 'denied':
      return {
        status: 200,
        title: 'Entente was not installed',
        lines: [
          'You did not allow it in Slack, so nothing was changed.',
          'If your workspace lets only admins install apps, send this page’s address to one of them.',
        ],
        again: true,
      };
    case 'expired':
      return {
        status: 400,
        title: 'This installation was not begun here',
        lines: [
          'It was begun in another browser, or more than ten minutes ago, so nothing was changed.',
          'Begin again in this browser.',
        ],
        again: true,
      };
    case 'failed':
      return {
        status: 502,
        title: 'Entente could not be installed',
        lines: [
          'Slack did not complete the installation, so nothing was changed.',
          'Begin again in a minute. If it fails once more, tell whoever runs Entente when it happened.',
        ],
        again: true,
      };
    default:
      return outcome satisfies never;
  }
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

const STYLE = `
:root { color-scheme: light dark }
body { font: 1.0625rem/1.55 system-ui, sans-serif; max-width: 34rem; margin: 16vh auto 3rem; padding: 0 1.25rem }
.from { font-weight: 600; color: #2f6f8f; margin: 0 }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .25rem 0 1.25rem }
a { display: inline-block; margin-top: .75rem; padding: .6rem 1.1rem; border-radius: .4rem; background: #1b3a4b; color: #fff; text-decoration: none }
a:focus-visible { outline: 3px solid #2f6f8f; outline-offset: 2px }
@media (prefers-color-scheme: dark) { .from { color: #8cc4de } a { background: #8cc4de; color: #10222c } }
`;

/** `installUrl` is where it can be begun again. */
export const drawPage = (outcome: Outcome, installUrl: string): { readonly status: number; readonly html: string } => {
  const { status, title, lines, again } = pageOf(outcome);
  const body = lines.map((line) => `<p>${escaped(line)}</p>`);
  const link = again ? `<a href="${escaped(installUrl)}">Begin again</a>` : '';
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<main>
<p class="from">Entente</p>
<h1>${escaped(title)}</h1>
${[...body, link].join('\n')}
</main>
</html>
`;
  return { status, html };
};
