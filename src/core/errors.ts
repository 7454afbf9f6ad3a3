/**
 * An expected no. Shown to the person as it stands, so `sentence` says what to do next; everything the call did is
 * rolled back. `field` names the form field it belongs to.
 */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly sentence: string,
    readonly field?: string,
  ) {
    super(code);
    this.name = 'Refusal';
  }
}

/**
 * A platform did not take a card.
 * - `later`: try again, after `afterMs` milliseconds if the platform said so. `throttled` is set when the reason is only
 *   a rate limit (theirs or ours): it is no failure, and nobody is told.
 * - `never`: trying again cannot help (channel archived, app removed); the card is parked with `reason`, and `advice`
 *   tells an alliance professional what to do.
 * - `gone`: the message to update no longer exists; the card is posted anew.
 */
export class DeliveryError extends Error {
  readonly afterMs?: number;
  readonly throttled: boolean;
  readonly advice?: string;

  constructor(
    readonly when: 'later' | 'never' | 'gone',
    /** A short code for logs and metrics, never what people wrote: 'slack:channel_not_found', 'teams:502'. */
    readonly reason: string,
    more: { afterMs?: number; throttled?: boolean; advice?: string; cause?: unknown } = {},
  ) {
    super(reason, { cause: more.cause });
    this.name = 'DeliveryError';
    this.afterMs = more.afterMs;
    this.throttled = more.throttled ?? false;
    this.advice = more.advice;
  }
}
