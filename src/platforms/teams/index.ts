import { randomUUID } from 'node:crypto';
import type { TeamsConfig } from '../../config.js';
import type { Inbound, Platform } from '../../core/platform.js';
import type { Surroundings } from '../surroundings.js';
import { createAnswers } from './answers.js';
import { createTokens } from './azure.js';
import { createCallers } from './callers.js';
import { createConnector } from './connector.js';
import { createConsent } from './consent.js';
import { createEntries } from './entries.js';
import { globalServiceUrl, trustsLoopback, trustsMicrosoft, trustsSharePoint } from './hosts.js';
import { limits } from './limits.js';
import { createLookUp } from './members.js';
import { createPace, unpaced } from './pace.js';
import { createPeople } from './people.js';
import { createProfiles } from './profiles.js';
import { createRosters } from './readers.js';
import { createReceiver } from './receive.js';
import { createDraw } from './render.js';
import { createResponder } from './respond.js';
import { createSender } from './send.js';
import { createUpload } from './upload.js';
import { createWebhook, type Webhook } from './webhook.js';

const checkConfig = ({ appId, anonymous }: TeamsConfig): void => {
  if (appId === '' && !anonymous)
    throw new Error(
      'MICROSOFT_APP_ID is empty, so nobody could be told from anybody: set it, or TEAMS_ANONYMOUS=1 to try Entente on this machine.',
    );
};

/** Microsoft Teams. @throws Error when nobody's identity could be checked and `anonymous` does not say that this is meant */
export const createTeams = (config: TeamsConfig, around: Surroundings): Platform => {
  checkConfig(config);
  const { now, log } = around;
  const live = !config.anonymous && !config.local;
  const trusts = live ? trustsMicrosoft : trustsLoopback;
  const callers = createCallers({
    config,
    now: around.realNow ?? now,
    failed: (err) => log.error({ err }, 'turn failed'),
  });
  const connector = createConnector({ trusts, token: createTokens(config), now, callMs: limits.callMs });
  const entries = createEntries(live ? globalServiceUrl : undefined);
  const lookUp = createLookUp({ connector, entries, now });
  const rosters = createRosters({ connector, entries, now });
  const people = createPeople(lookUp, rosters.isStandard);
  const { profile, workspaceName } = createProfiles(lookUp, people);
  const draw = createDraw();
  const pace = around.paced ? createPace(now) : unpaced;
  const consent = createConsent(around.derive('teams file consent'));
  const upload = createUpload(live ? trustsSharePoint : trustsLoopback);
  const sender = createSender({ connector, entries, draw, pace, now, appId: config.appId, consent, upload });
  let webhook: Webhook | undefined;

  return {
    id: 'teams',
    async start(inbound: Inbound) {
      const allows = (tenant: string) => around.allows('teams', tenant);
      const answers = createAnswers(draw, randomUUID);
      const respond = createResponder({ sender, allows, log });
      const receive = createReceiver({ inbound, respond, answers, people, rosters, consent });
      webhook = createWebhook({ callers, anonymous: config.anonymous, trusts, allows, saw: entries.saw, receive, log });
      around.http.post('/api/messages', ...webhook.handlers);
    },
    async stop() {
      await webhook?.drain();
    },
    profile,
    readers: rosters.readers,
    workspaceName,
    post: sender.post,
    update: sender.update,
  };
};
