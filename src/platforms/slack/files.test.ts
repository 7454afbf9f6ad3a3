import { expect, it } from 'vitest';
import { trustsUpload } from './files.js';

const SLACK = 'https://slack.com/api/';
const SANDBOX = 'http://127.0.0.1:4100/slack/api/';

it.each([
  ['https://files.slack.com/upload/v1/abc', SLACK, true],
  ['https://slack-files.slack.com/upload', SLACK, true],
  ['http://files.slack.com/upload/v1/abc', SLACK, false],
  ['https://files.slack.com:8443/upload', SLACK, false],
  ['https://files.slack.com.evil.example/upload', SLACK, false],
  ['https://evilslack.com/upload', SLACK, false],
  ['https://user@files.slack.com/upload', SLACK, false],
  ['http://127.0.0.1:4100/slack/upload/F1', SLACK, false],
  ['http://127.0.0.1:4100/slack/upload/F1', SANDBOX, true],
  ['http://127.0.0.1:4101/slack/upload/F1', SANDBOX, false],
  ['not an address', SLACK, false],
])('sends a file to %s, told by %s: %s', (address, apiUrl, trusted) => {
  expect(trustsUpload(address, apiUrl)).toBe(trusted);
});
