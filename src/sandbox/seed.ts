import type { Beginning, Person, Workplace } from './model.js';

/** Where a sandbox begins. Slack's bot is in the channels that say so; on Teams likewise. */
export interface WorldSeed {
  readonly begun?: Beginning;
  readonly slack: {
    readonly team: Workplace;
    /** Other workspaces whose people turn up, and in which the app can be installed too. */
    readonly others?: readonly Workplace[];
    readonly bot: { readonly id: string; readonly name: string };
    readonly people: readonly Person[];
    readonly channels: readonly SeedConversation[];
  };
  readonly teams: {
    readonly tenant: Workplace;
    readonly others?: readonly Workplace[];
    readonly bot: { readonly name: string };
    readonly people: readonly Person[];
    readonly channels: readonly (SeedConversation & { readonly team: string })[];
    readonly groups: readonly SeedConversation[];
  };
}

export interface SeedConversation {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly workplace?: string;
  readonly sharedWith?: readonly string[];
  /** True unless told, in a world that does not begin empty. */
  readonly present?: boolean;
}
