import type { KnownBlock } from '@slack/types';
import type { SlackMessage } from '../model.js';
import { homeOf } from '../workplaces.js';
import type { LiveWorld } from '../world.js';
import type { Desk } from './desk.js';
import { LIMITS } from './limits.js';
import { blocksPlain, messagePings } from './reading.js';

export interface Draft {
  readonly conversation: string;
  readonly from: string;
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
  readonly thread?: string;
  readonly onlyFor?: string;
  readonly files?: SlackMessage['files'];
}

const readable = (desk: Desk, text: string, blocks: readonly KnownBlock[] | undefined) => ({
  plain: blocks?.length ? blocksPlain(blocks, desk.typist.plain) : desk.typist.plain(text),
  pings: messagePings(text, blocks ?? []),
});

export const postMessage = (desk: Desk, draft: Draft): SlackMessage => {
  const text = draft.text.slice(0, LIMITS.postedText);
  const message: SlackMessage = {
    side: 'slack',
    id: desk.ids.ts(),
    at: desk.world.now(),
    changes: 0,
    ...draft,
    text,
    ...readable(desk, [text, ...(draft.files ?? []).map(({ name }) => name)].join('\n'), draft.blocks),
  };
  desk.world.put(message);
  return message;
};

/** Without blocks, the old ones go: Slack does not keep them. */
export const changeMessage = (
  desk: Desk,
  message: SlackMessage,
  to: { readonly text: string; readonly blocks?: readonly KnownBlock[] },
): SlackMessage => {
  const { blocks: _, ...rest } = message;
  const changed: SlackMessage = {
    ...rest,
    ...to,
    changes: message.changes + 1,
    changedAt: desk.world.now(),
    ...readable(desk, to.text, to.blocks),
  };
  desk.world.put(changed);
  return changed;
};

const teamOfAuthor = (world: LiveWorld, from: string): string | undefined => {
  const person = world.slack.people.get(from);
  return person && homeOf(world, 'slack', person).id;
};

/** The message as the API and payloads show it. */
export const messageObject = ({ world, appId, team }: Desk, message: SlackMessage) => ({
  ...(message.from === world.slack.bot.id ? { bot_id: `B${world.slack.bot.id.slice(1)}`, app_id: appId } : {}),
  type: 'message',
  user: message.from,
  text: message.text,
  ts: message.id,
  team: teamOfAuthor(world, message.from) ?? team.id,
  ...(message.blocks ? { blocks: message.blocks } : {}),
  ...(message.thread ? { thread_ts: message.thread } : {}),
});
