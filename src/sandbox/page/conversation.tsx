import { useMemo, useState } from 'react';
import type { Conversation, Message, Outcome } from '../model.js';
import { post } from './api.js';
import { Composer, type Draft } from './composer.js';
import { nameOf, titleOf, useDesk } from './desk.js';
import { messagesIn } from './inbox.js';
import { MessageList } from './message-list.js';

interface Props {
  readonly place: Conversation;
  readonly draft: Draft | undefined;
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
      {!place.present && state.installedIn.length > 0 && <Absent place={place} />}
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
