import type { RequestHandler } from 'express';

/** Teams asks each app for a page about itself, about privacy and about terms of use; this is all three. */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Entente</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 3rem auto; padding: 0 1rem }</style>
<h1>Entente</h1>
<p>Two companies, two chats, one record: what the committees of an alliance decide is recorded once, and both companies
see it where they work.</p>
<h2>What it keeps</h2>
<p>What people record through it, who did so and when, the names and ids of the people and channels that take part.
It keeps nothing else of what is written in a channel, and its own logs hold ids only.</p>
<h2>Who sees it</h2>
<p>The people of both companies in the channels that the alliance has bound to a committee, and whoever runs this
server.</p>
<h2>Terms</h2>
<p>Entente is free software under the MIT licence and comes without a warranty. The use of this server is agreed between
the companies of the alliance; ask the person who runs the alliance for your company.</p>
</html>
`;

export const tellAbout: RequestHandler = (_req, res) => {
  res.type('html').send(page);
};
