/** A refusal with one of Slack's error codes: HTTP 200 {ok: false, error: code, ...more}. */
export class SlackFault extends Error {
  constructor(
    readonly code: string,
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
    this.name = 'SlackFault';
  }
}
