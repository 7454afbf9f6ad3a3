/*
 * A message has one address and many links: what a client adds to say in which window to open it differs by where the
 * link was copied. Pure.
 */

const SLACK_HOST = /(^|\.)slack(-gov)?\.com$/;
const SLACK_PATH = /^\/archives\/([A-Z0-9]+)\/p(\d+)\/?$/;
const TEAMS_HOST = /^(teams\.(microsoft|live)\.com|teams\.cloud\.microsoft|([\w-]+\.)?teams\.microsoft\.us)$/;
const TEAMS_PATH = /^\/l\/message\/([^/]+)\/(\d+)\/?$/;

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** The same for all links of one message; any other address stays as it is, but for its fragment. */
export const addressOf = (link: string): string => {
  if (!URL.canParse(link)) return link;
  const url = new URL(link);
  // A workspace of an organisation has two names, and a channel's id is unique among all of them.
  const [, channel, ts] = (SLACK_HOST.test(url.hostname) && SLACK_PATH.exec(url.pathname)) || [];
  if (channel && ts) return `https://slack.com/archives/${channel}/p${ts}`;
  const [, conversation, message] = (TEAMS_HOST.test(url.hostname) && TEAMS_PATH.exec(url.pathname)) || [];
  if (conversation && message)
    return `https://teams.microsoft.com/l/message/${decoded(conversation).split(';', 1)[0]}/${message}`;
  url.hash = '';
  return url.href;
};
