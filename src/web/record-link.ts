import type { RequestHandler } from 'express';

/** The same for every record, and for none: whoever has an address learns nothing from it. */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Entente</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 3rem auto; padding: 0 1rem }</style>
<h1>Open this in Slack or Teams</h1>
<p>Records of an alliance are read where its people work. Say what the end of this address says, such as D-14, to Entente
in Slack or Teams: it opens there for those who may read it.</p>
</html>
`;

export const tellWhere: RequestHandler = (_req, res) => {
  res.type('html').set('referrer-policy', 'no-referrer').send(page);
};
