/** How many calls fit into any stretch of so many milliseconds. */
export interface Rate {
  readonly calls: number;
  readonly perMs: number;
}

const deepFreeze = <T extends object>(table: T): T => {
  for (const value of Object.values(table)) if (typeof value === 'object' && value !== null) deepFreeze(value);
  return Object.freeze(table);
};

/**
 * Slack's limits, in characters unless the name says otherwise. Sources: docs.slack.dev reference pages and the comments
 * in @slack/types; those marked 'ours' are undocumented and chosen with care.
 */
export const limits = deepFreeze({
  messageBlocks: 50,
  viewBlocks: 100,
  header: 150,
  /** Ours: 'D-14', before a record's title. */
  headerLabel: 40,
  section: 3_000,
  /** Ours: one fact. */
  field: 2_000,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  actionId: 255,
  blockId: 255,
  callbackId: 255,
  viewTitle: 24,
  viewSubmit: 24,
  privateMetadata: 3_000,
  inputLabel: 2_000,
  inputHint: 2_000,
  inputValue: 3_000,
  options: 100,
  optionText: 75,
  optionValue: 75,
  /** Longer is taken, but truncated for readers of notifications. */
  messageText: 4_000,
  /**
   * Ours: all text of one message together. Slack answers msg_blocks_too_long somewhere above 11,000 characters,
   * containers included, and says nowhere where (slackapi/bolt-js issues 2509 and 2867).
   */
  messageSum: 9_000,
  /** Ours: all text of one view; the documented limit is 250 KB as JSON, and a character takes up to three bytes. */
  viewSum: 50_000,
  /** Ours: the sentence beside a refused field. */
  fieldError: 500,
  /** Ours: one line of small print, and how many of them. */
  footerLine: 250,
  footerLines: 10,
  /** Ours: a fact longer than this reads badly beside its label and stands below it. */
  shortFact: 120,
  /** Ours: somebody's name, or a workspace's. */
  personName: 100,
  /** Ours: in a channel of more members nobody is asked whether they are guests; it cannot be told. */
  askedMembers: 200,
  /** Ours: users.info is Tier 4, 'at least 100 a minute', with bursts. */
  askedAtOnce: 100,
  /** The largest documented payload is a view of 250 KB; anything far above it is not from Slack. */
  bodyBytes: 1_048_576,
});

/**
 * Ours are a little stricter than Slack's own (in the comments): two calls that leave one second apart may arrive closer.
 * Tier 3 is 'at least 50 a minute'; bursts within the minute are tolerated.
 */
export const rates = deepFreeze({
  'chat.postMessage': {
    /** 'Several hundred a minute' per workspace. */
    workspace: { calls: 300, perMs: 61_000 },
    /** One a second per channel. */
    channel: { calls: 1, perMs: 1_050 },
  },
  /** Tier 3. */
  'chat.update': { workspace: { calls: 50, perMs: 61_000 } },
  /** Tier 3. */
  'conversations.open': { workspace: { calls: 50, perMs: 61_000 } },
  /** Tier 4, both. */
  'files.getUploadURLExternal': { workspace: { calls: 100, perMs: 61_000 } },
  'files.completeUploadExternal': { workspace: { calls: 100, perMs: 61_000 } },
} satisfies Record<string, { workspace: Rate; channel?: Rate }>);

export type PacedMethod = keyof typeof rates;

/** Milliseconds. */
export const patience = deepFreeze({
  /** A trigger lives three seconds: an interactive call that takes longer is lost anyway. */
  interactiveMs: 2_500,
  /** The core asks who somebody is before it begins. */
  askMs: 2_000,
  deliveryMs: 10_000,
  /** The bytes of one file: about a gigabyte over a slow line. */
  uploadMs: 600_000,
  /** When Slack throttles without saying for how long. */
  unnamedRetryMs: 30_000,
  /** Slack gives up on an acknowledgement after this. */
  acknowledgementMs: 3_000,
  /** A late answer to whoever still listens is better than a made-up 404. */
  unhandledMs: 10_000,
  permalinkMs: 700,
  /** With a permalink after it, and the core before and behind it, within the three seconds. */
  quoteMs: 1_000,
  /** How long an acknowledgement waits for an answer that it does not carry itself. */
  answerMs: 700,
});
