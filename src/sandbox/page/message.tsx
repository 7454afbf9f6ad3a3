import { memo, useRef } from 'react';
import type { Message, SlackMessage, TeamsMessage } from '../model.js';
import { Avatar } from './avatar.js';
import { badgeOf } from './belonging.js';
import { type Desk, nameOf, useDesk } from './desk.js';
import { teamsHtml } from './markdown.js';
import { type Entry, Menu } from './menu.js';
import { SlackMessageBody } from './slack-message.js';
import { TeamsCard } from './teams-card.js';
import { When } from './when.js';

interface Props {
  readonly message: Message;
  readonly onReply?: (message: Message) => void;
}

export function MessageItem({ message, onReply }: Props) {
  const { side, state, person, menus, act } = useDesk();
  const name = nameOf(state, message.from);
  const bot = message.from === state.bot.id;
  const author = state.people.find(({ id }) => id === message.from);
  const badge = bot ? 'App' : badgeOf(state, author);
  const first = useRef(message.changes);
  const place = state.conversations.find(({ id }) => id === message.conversation);
  // Teams has threads in channels only; elsewhere a reply quotes.
  const reply = side === 'teams' && place?.kind !== 'channel' ? 'Reply' : 'Reply in thread';
  const entries: Entry[] = [
    ...menus.map(({ id, label }) => ({ label, onChoose: () => void act('/menu', { message: message.id, entry: id }) })),
    ...(onReply ? [{ label: reply, onChoose: () => onReply(message) }] : []),
  ];
  // Neither platform offers the menu on what only one person sees.
  const menu = message.onlyFor === undefined && entries.length > 0;
  return (
    <article
      className={message.onlyFor === undefined ? 'message' : 'message private'}
      aria-label={`Message from ${name}`}
      data-testid="message"
      data-message={message.id}
      data-changes={message.changes}
    >
      {message.changes > first.current && <span key={message.changes} className="flash" data-testid="changed" />}
      <Avatar name={name} bot={bot} />
      <div className="message-main">
        {message.onlyFor === person && <p className="only-you">Only visible to you</p>}
        <header>
          <span className="author">{name}</span>
          {badge && <span className="badge">{badge}</span>}
          <When at={message.at} />
          {message.pings.length > 0 && <span className="pings">notifies {pinged(state, message.pings)}</span>}
        </header>
        {message.side === 'slack' ? <SlackBody message={message} /> : <TeamsBody message={message} />}
      </div>
      {menu && <Menu label={`More about the message from ${name}`} entries={entries} />}
    </article>
  );
}

const pinged = (state: Desk['state'], pings: readonly string[]): string =>
  pings.map((ping) => (ping.startsWith('@') ? ping : nameOf(state, ping))).join(', ');

const SlackBody = memo(({ message }: { readonly message: SlackMessage }) => <SlackMessageBody message={message} />);

function TeamsBody({ message }: { readonly message: TeamsMessage }) {
  const { person, act } = useDesk();
  const card = message.localCards[person] ?? message.card;
  return (
    <>
      {message.text !== '' && (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: made by markdown-it with HTML off.
        <div className="teams-text" dangerouslySetInnerHTML={{ __html: teamsHtml(message.text) }} />
      )}
      {card && (
        <TeamsCard
          card={card}
          onAction={async (action, inputs) => void (await act('/press', { message: message.id, action, inputs }))}
        />
      )}
    </>
  );
}
