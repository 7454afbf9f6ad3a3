import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Message } from '../model.js';
import { useChangedAbove } from './changed-above.js';
import { useDesk } from './desk.js';
import { threadsOf } from './inbox.js';
import { MessageItem } from './message.js';

interface Props {
  readonly messages: readonly Message[];
  /** Where they were said: '#jsc'. */
  readonly title: string;
  readonly onReply: ((message: Message) => void) | undefined;
}

/** Drawn at once; a test may have left thousands. */
const MOST = 200;

export function MessageList({ messages, title, onReply }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const noteScroll = useFollowing(list, inner, messages);
  const above = useChangedAbove(list, messages);
  const threads = threadsOf(messages);
  const onScroll = () => {
    noteScroll();
    above.onScroll();
  };
  return (
    <div className="messages-place">
      {above.changed && (
        <button type="button" className="changed-above" onClick={above.show}>
          A card further up has changed
        </button>
      )}
      <div className="messages" ref={list} onScroll={onScroll} role="log" aria-label={`Messages in ${title}`}>
        <div ref={inner} className="messages-inner">
          {messages.length === 0 && <Beginning />}
          {threads.length > MOST && <p className="empty">Older messages are not shown.</p>}
          {threads.slice(-MOST).map(({ head, replies }) => (
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
    </div>
  );
}

/** Nobody who comes here for the first time knows how Entente is spoken to. */
function Beginning() {
  const { side, state, commands } = useDesk();
  return (
    <p className="empty">
      Nothing has been said here yet.
      {commands.length > 0 && (
        <>
          <br />
          Type <kbd>{side === 'slack' ? '/' : `@${state.bot.name}`}</kbd> to see what {state.bot.name} can do.
        </>
      )}
    </p>
  );
}

type Box = RefObject<HTMLDivElement | null>;

/** Pixels from the end within which the list keeps following what is new. */
const NEAR_END = 80;

/** Keeps the end in sight, unless the reader has scrolled away. Returns what to call after scrolling. */
function useFollowing(list: Box, inner: Box, messages: readonly Message[]): () => void {
  const { person } = useDesk();
  const following = useRef(true);
  const top = useRef(0);
  const last = messages.at(-1);
  useLayoutEffect(() => {
    const follow = () => {
      if (following.current && list.current) list.current.scrollTop = list.current.scrollHeight;
    };
    // Cards grow after they were put in place, so it is the size that is followed and not the number of messages.
    const observer = new ResizeObserver(follow);
    if (inner.current) observer.observe(inner.current);
    if (list.current) observer.observe(list.current);
    return () => observer.disconnect();
  }, [list, inner]);
  useEffect(() => {
    if (last?.from !== person || !list.current) return;
    following.current = true;
    list.current.scrollTop = list.current.scrollHeight;
  }, [last, person, list]);
  return () => {
    const box = list.current;
    if (!box) return;
    const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
    // The event of our own scrolling comes late: a card may have grown meanwhile. Only a reader goes up.
    if (near || box.scrollTop < top.current) following.current = near;
    top.current = box.scrollTop;
  };
}
