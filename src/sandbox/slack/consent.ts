import express, { type Request, type Response, type Router } from 'express';
import { loopbackOnly } from '../loopback.js';
import type { Person } from '../model.js';
import { homeOf } from '../workplaces.js';
import type { Desk } from './desk.js';
import { SlackFault } from './fault.js';
import type { Asking, OAuth } from './oauth.js';
import { SCOPES } from './scopes.js';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>
body { margin: 0; background: #f4ede4; color: #1d1c1d; font: 16px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Arial, sans-serif; }
main { max-width: 480px; margin: 6vh auto; padding: 24px; background: #fff; border-radius: 12px; }
h1 { margin: 0 0 12px; font-size: 22px; } ul { padding-left: 20px; }
label { display: block; font-weight: 600; margin: 16px 0 4px; }
select { width: 100%; padding: 10px; font: inherit; }
.org { font-weight: 400; }
.foot { display: flex; gap: 12px; justify-content: end; margin-top: 24px; }
button { padding: 10px 20px; font: inherit; font-weight: 600; border: 1px solid #868686; border-radius: 6px; background: #fff; cursor: pointer; }
button.allow { background: #007a5a; border-color: #007a5a; color: #fff; }
.small { color: #616061; font-size: 14px; }
</style></head><body><main>${body}</main></body></html>`;

const optionOf = (desk: Desk, person: Person, chosen: string | undefined): string => {
  const where = homeOf(desk.world, 'slack', person).name;
  const selected = person.id === chosen ? ' selected' : '';
  return `<option value="${escaped(person.id)}"${selected}>${escaped(`${person.name}, ${where}`)}</option>`;
};

const consentPage = (desk: Desk, { consent }: OAuth, asking: Asking, query: string): string => {
  const people = [...desk.world.slack.people.values()].filter(({ guest }) => !guest);
  const { name } = desk.world.slack.bot;
  return page(
    `${name} wants to access Slack`,
    `<p class="small">The sandbox’s Slack</p>
<h1>${escaped(name)} asks for permission to work in your workspace</h1>
<form method="post" action="decide?${escaped(query)}">
<label for="person">You are signed in as</label>
<select id="person" name="person">${people.map((one) => optionOf(desk, one, consent.person)).join('')}</select>
<p>What will ${escaped(name)} be able to do?</p>
<ul>${asking.scopes.map((scope) => `<li>${escaped(SCOPES[scope] ?? scope)}</li>`).join('')}</ul>
<label class="org"><input type="checkbox" name="org" value="yes"> For the whole organisation, where the workspace is part of one</label>
<div class="foot"><button name="answer" value="deny">Cancel</button><button class="allow" name="answer" value="allow">Allow</button></div>
</form>`,
  );
};

const SENTENCES: Readonly<Record<string, string>> = {
  invalid_client_id: 'The client id is not one that this Slack knows.',
  bad_redirect_uri: 'The address to come back to is not one of the app’s.',
  no_scopes: 'The app asks for no permissions.',
  invalid_scope: 'The app asks for a permission that Slack does not know.',
  access_denied: 'Guests cannot install apps. Ask somebody of the workspace.',
  not_an_enterprise: 'This workspace is not part of an organisation.',
};

const faultPage = (code: string): string =>
  page(
    'Something is wrong',
    `<h1>This app cannot be installed</h1><p>${SENTENCES[code] ?? ''}</p><p class="small">${escaped(code)}</p>`,
  );

type Work = (req: Request, res: Response) => void;

const guarded =
  (work: Work): Work =>
  (req, res) => {
    try {
      work(req, res);
    } catch (fault) {
      if (!(fault instanceof SlackFault)) throw fault;
      res.status(400).type('html').send(faultPage(fault.code));
    }
  };

/** Slack's consent page, and where its buttons go. */
export const createConsentRouter = (desk: Desk, oauth: OAuth): Router => {
  const router = express.Router();
  router.use(loopbackOnly);
  router.get(
    '/authorize',
    guarded((req, res) => {
      const asking = oauth.read(req.query);
      const { consent } = oauth;
      if (consent.answer === 'allow') res.redirect(oauth.allow(desk, asking, consent));
      else if (consent.answer === 'deny') res.redirect(oauth.deny(asking));
      else
        res.type('html').send(consentPage(desk, oauth, asking, new URL(req.url, 'http://localhost').search.slice(1)));
    }),
  );
  router.post(
    '/decide',
    express.urlencoded({ extended: false }),
    guarded((req, res) => {
      const asking = oauth.read(req.query);
      const { answer, person, org } = (req.body ?? {}) as Record<string, string | undefined>;
      const who = { ...(person ? { person } : {}), ...(org === 'yes' ? { org: true } : {}) };
      res.redirect(answer === 'allow' ? oauth.allow(desk, asking, who) : oauth.deny(asking));
    }),
  );
  return router;
};
