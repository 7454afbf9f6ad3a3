export interface SlackConfig {
  readonly botToken: string;
  readonly signingSecret: string;
  /** Set: Socket Mode, and no webhook. */
  readonly appToken?: string;
  /** Ends with a slash: 'https://slack.com/api/'. */
  readonly apiUrl: string;
}

export interface TeamsConfig {
  /** Empty only together with `anonymous`. */
  readonly appId: string;
  readonly password: string;
  readonly appType: 'SingleTenant' | 'MultiTenant';
  readonly tenantId: string;
  /** Takes calls without a token: Microsoft's Agents Playground and tests; never in production. */
  readonly anonymous: boolean;
  /** The sandbox's stand-in for Azure: where the signing keys of incoming calls are, and the token for outgoing ones. */
  readonly local?: { readonly openIdMetadataUrl: string; readonly issuer: string; readonly token: () => string };
}
