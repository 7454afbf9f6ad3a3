import type { Bucket } from '../pace.js';

/** Slack's documented limits: characters, items, milliseconds, bytes. */
export const LIMITS = {
  messageBlocks: 50,
  viewBlocks: 100,
  modalStack: 3,
  modalWords: 24,
  privateMetadata: 3000,
  id: 255,
  viewBytes: 250_000,
  sectionText: 3000,
  sectionFields: 10,
  fieldText: 2000,
  headerText: 150,
  contextElements: 10,
  actionsElements: 25,
  inputLabel: 2000,
  url: 3000,
  imageText: 2000,
  markdown: 12_000,
  tableRows: 100,
  tableCells: 20,
  buttonText: 75,
  buttonValue: 2000,
  options: 100,
  optionGroups: 100,
  checkboxes: 10,
  overflowOptions: 5,
  optionText: 75,
  placeholder: 150,
  inputLength: 3000,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  /** Longer text of a new message is cut, that of an update refused. */
  postedText: 40_000,
  updatedText: 4000,
  attachments: 100,
  ackMs: 3000,
  triggerMs: 3000,
  responseUses: 5,
  responseMs: 30 * 60_000,
  codeMs: 10 * 60_000,
  /** A rotating token's life; of one installation so many work at a time. */
  tokenSeconds: 43_200,
  activeTokens: 2,
  /** A refresh token is for one use; Slack tolerates a repeated one for a short while without saying how long. */
  refreshGraceMs: 10_000,
} as const;

const perMinute = (count: number): Bucket => ({ burst: count, perSecond: count / 60 });

const TIERS = { 1: perMinute(1), 2: perMinute(20), 3: perMinute(50), 4: perMinute(100) };

/** One message a second and channel, a few at once, and 'several hundred a minute' in the workspace. */
export const POST_PER_CHANNEL: Bucket = { burst: 4, perSecond: 1 };
export const POST_PER_WORKSPACE: Bucket = perMinute(300);

/** By method; counted for the workspace. chat.postMessage and auth.test are special and not in a tier. */
export const TIER_OF: Readonly<Record<string, Bucket>> = {
  'apps.connections.open': TIERS[1],
  'conversations.list': TIERS[2],
  'users.list': TIERS[2],
  'chat.update': TIERS[3],
  'chat.delete': TIERS[3],
  'conversations.open': TIERS[3],
  'conversations.info': TIERS[3],
  'team.info': TIERS[3],
  'chat.getPermalink': perMinute(300),
  'chat.postEphemeral': TIERS[4],
  'views.open': TIERS[4],
  'views.publish': TIERS[4],
  'views.push': TIERS[4],
  'views.update': TIERS[4],
  'files.getUploadURLExternal': TIERS[4],
  'files.completeUploadExternal': TIERS[4],
  'users.info': TIERS[4],
  'oauth.v2.access': TIERS[4],
  'auth.revoke': TIERS[3],
  'conversations.members': TIERS[4],
};
