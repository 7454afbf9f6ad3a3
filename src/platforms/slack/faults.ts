/* What each of Slack's refusals means for a card, and what a person can do about it. */
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { DeliveryError } from '../../core/errors.js';
import { patience } from './limits.js';

const INVITE = 'Invite Entente to the channel: type /invite @Entente there.';
const ARCHIVED = 'The channel is archived. Unarchive it, or bind the committee to another channel.';
const REINSTALL = 'Slack no longer accepts Entente. Install the app again and give Entente its new token.';
const SCOPES = 'Entente lacks a permission. Update the Slack app from its manifest and install it again.';
const RESTRICTED = 'Only some people may post in this channel. Ask a workspace admin to let Entente post there.';
const CONTENT = 'Slack does not accept what this card says. Shorten the record, and tell whoever runs Entente.';
const PERSON = 'Slack does not let Entente write to this person. Check that their account is active.';
const FILES = 'This workspace does not take such files from apps. Ask a workspace admin to allow it.';
const MESSAGES_TAB = "Turn on the Messages Tab under App Home in the Slack app's settings.";

const never: Readonly<Record<string, string>> = {
  channel_not_found: INVITE,
  not_in_channel: INVITE,
  is_archived: ARCHIVED,
  is_inactive: ARCHIVED,
  account_inactive: REINSTALL,
  invalid_auth: REINSTALL,
  not_authed: REINSTALL,
  token_revoked: REINSTALL,
  token_expired: REINSTALL,
  invalid_refresh_token: REINSTALL,
  org_login_required: REINSTALL,
  team_access_not_granted: REINSTALL,
  access_denied: REINSTALL,
  no_permission: SCOPES,
  missing_scope: SCOPES,
  not_allowed_token_type: SCOPES,
  restricted_action: RESTRICTED,
  restricted_action_read_only_channel: RESTRICTED,
  restricted_action_thread_only_channel: RESTRICTED,
  restricted_action_non_threadable_channel: RESTRICTED,
  channel_is_limited_access: RESTRICTED,
  msg_too_long: CONTENT,
  msg_blocks_too_long: CONTENT,
  invalid_blocks: CONTENT,
  invalid_blocks_format: CONTENT,
  invalid_arguments: CONTENT,
  no_text: CONTENT,
  user_not_found: PERSON,
  users_not_found: PERSON,
  user_disabled: PERSON,
  user_not_visible: PERSON,
  cannot_dm_bot: PERSON,
  messages_tab_disabled: MESSAGES_TAB,
  file_type_not_allowed: FILES,
  file_upload_size_restricted: FILES,
  file_uploads_disabled: FILES,
  file_uploads_except_images_disabled: FILES,
};

/** The message to change cannot be changed any more, by anybody. */
const gone: ReadonlySet<string> = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** A code and nothing else: where Slack's answer is no JSON, the client puts the whole page here. */
const codeOf = (error: unknown): string | undefined =>
  typeof error === 'string' && /^[a-z0-9_]{1,64}$/.test(error) ? error : undefined;

const throttled = (afterMs: number, cause: unknown): DeliveryError =>
  new DeliveryError('later', 'slack:ratelimited', { afterMs, throttled: true, cause });

const platformFault = (error: WebAPIPlatformError, reinstall: string): DeliveryError => {
  const code = codeOf(error.data.error);
  if (code === undefined) return new DeliveryError('later', 'slack:unreadable');
  const reason = `slack:${code}`;
  if (code === 'ratelimited' || code === 'rate_limited') {
    const seconds = error.data.response_metadata?.retryAfter;
    return throttled(typeof seconds === 'number' ? seconds * 1_000 : patience.unnamedRetryMs, error);
  }
  if (gone.has(code)) return new DeliveryError('gone', reason, { cause: error });
  const advice = never[code] === REINSTALL ? reinstall : never[code];
  return new DeliveryError(advice === undefined ? 'later' : 'never', reason, { advice, cause: error });
};

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');

/** What to do where Entente has no token any more; `publicUrl` is set where workspaces install it by themselves. */
export const reinstallAdvice = (publicUrl: string | undefined): string =>
  publicUrl === undefined
    ? REINSTALL
    : `Slack no longer lets Entente in here. Install it again: ${publicUrl}/slack/install`;

/** True when Slack refuses the token itself, and not what was asked with it. */
export const refusesToken = ({ reason }: DeliveryError): boolean => never[reason.replace(/^slack:/, '')] === REINSTALL;

/** Whatever the client threw, as what it means for a delivery. Unknown refusals are tried again. */
export const faultOf = (error: unknown, reinstall = REINSTALL): DeliveryError => {
  if (error instanceof DeliveryError) return error;
  if (error instanceof WebAPIRateLimitedError) return throttled(error.retryAfter * 1_000, error);
  if (error instanceof WebAPIPlatformError) return platformFault(error, reinstall);
  if (error instanceof WebAPIHTTPError)
    return new DeliveryError('later', `slack:http_${error.statusCode}`, { cause: error });
  const inner = error instanceof WebAPIRequestError ? error.original : error;
  if (isTimeout(inner)) return new DeliveryError('later', 'slack:timeout', { cause: error });
  const reason = error instanceof WebAPIRequestError ? 'slack:unreachable' : 'slack:unexpected';
  return new DeliveryError('later', reason, { cause: error });
};
