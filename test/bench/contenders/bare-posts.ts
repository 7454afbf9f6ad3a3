/* So many loops at once that post a message and wait for the answer: what delivering costs without a record. */
import webapi from '@slack/web-api';
import { answerStarter, givenOptions } from '../processes.js';
import { botToken } from '../world.js';
import type { Platforms } from './platforms.js';

const { slackApiUrl } = givenOptions<Platforms>();
const client = new webapi.WebClient(botToken, { slackApiUrl, retryConfig: { retries: 0 } });

/** About the size of a decision's card. */
const blocks = Array.from({ length: 5 }, () => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text: 'Meet monthly because the weekly meeting does not decide. '.repeat(4) },
}));

const post = async ({ posts, concurrency }: { posts: number; concurrency: number }): Promise<void> => {
  let left = posts;
  const loop = async (channel: string): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await client.chat.postMessage({ channel, text: 'D-1 Meet monthly', blocks });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, (_, i) => loop(`C${i}`)));
};

answerStarter({}, { post });
