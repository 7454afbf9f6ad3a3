import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Conversation, Message, Outcome } from '../model.js';
import { post } from './api.js';
import { Composer } from './composer.js';
import { nameOf, titleOf, useDesk } from './desk.js';
import { messagesIn, threadsOf } from './inbox.js';
import { MessageItem } from './message.js';

interface Props {
  readonly place: Conversation;
  readonly draft: { readonly text: string } | undefined;
  /** Under the composer: how fast Entente answered last. */
  readonly aside: string;
}

export function ConversationView({ place, draft, aside }: Props) {
  const { side, state, person, commands, act } = useDesk();
  const [replyTo, setReplyTo] = useState<Message>();
  const messages = useMemo(() => messagesIn(state, place.id, person), [state, place.id, person]);
  const title = titleOf(side, place, state.bot.name);
  const direct = place.kind === 'direct';
  const send = async (text: string): Promise<boolean> => {
    const where = { ...(!direct && { conversation: place.id }), ...(replyTo && { thread: replyTo.id }) };
    setReplyTo(undefined);
    return (await act('/say', { ...where, text })) !== undefined;
  };
  const people = state.people.filter(({ id }) => id !== person);
  const names = [state.bot.name, ...people.map(({ name }) => name)];
  return (
    <>
      <MessageList messages={messages} title={title} onReply={direct ? undefined : setReplyTo} />
      {replyTo && (
        <p className="reply-to">
          Replying to {nameOf(state, replyTo.from)}
          <button type="button" className="icon" aria-label="Do not reply" onClick={() => setReplyTo(undefined)}>
            <span aria-hidden="true">×</span>
          </button>
        </p>
      )}
      {!place.present && <Absent place={place} />}
      <Composer
        label={`Message ${title}`}
        scene={{ side, direct, commands, names, bot: state.bot.name }}
        draft={draft}
        aside={aside}
        disabled={place.archived}
        onSend={send}
      />
    </>
  );
}

function Absent({ place }: { readonly place: Conversation }) {
  const { side, state } = useDesk();
  return (
    <p className="notice">
      {state.bot.name} is not in this conversation.
      <button
        type="button"
        className="button"
        onClick={() => void post<Outcome>('/presence', { side, conversation: place.id, present: true })}
      >
        Add {state.bot.name}
      </button>
    </p>
  );
}

interface ListProps {
  readonly messages: readonly Message[];
  readonly title: string;
  readonly onReply: ((message: Message) => void) | undefined;
}

/** Pixels from the end within which the list keeps following what is new. */
const NEAR_END = 80;

function MessageList({ messages, title, onReply }: ListProps) {
  const list = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  useLayoutEffect(() => {
    const follow = () => {
      if (following.current && list.current) list.current.scrollTop = list.current.scrollHeight;
    };
    // Cards grow after they were put in place, so it is the size that is followed and not the number of messages.
    const observer = new ResizeObserver(follow);
    if (inner.current) observer.observe(inner.current);
    if (list.current) observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    const box = list.current;
    if (box) following.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
  };
  return (
    <div className="messages" ref={list} onScroll={onScroll} role="log" aria-label={`Messages in ${title}`}>
      <div ref={inner} className="messages-inner">
        {messages.length === 0 && <p className="empty">Nothing has been said here yet.</p>}
        {threadsOf(messages).map(({ head, replies }) => (
          <div key={head.id} className="thread">
            <MessageItem message={head} {...(onReply && { onReply })} />
            {replies.length > 0 && (
              <div className="replies">
                {replies.map((reply) => (
                  <MessageItem key={reply.id} message={reply} />
                ))}
              </div>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
