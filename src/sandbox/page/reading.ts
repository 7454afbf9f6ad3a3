import { useEffect, useState } from 'react';
import type { Conversation, SlackState, TeamsState } from '../model.js';
import { isUnread, lastAt, messagesIn, type Seen, seenKey } from './inbox.js';

interface Reading {
  readonly state: SlackState | TeamsState;
  readonly person: string;
  /** What is in front of the reader, if anything is. */
  readonly open: Conversation | undefined;
  /** Messages older than this have been read. */
  readonly since: number;
}

/** Remembers what each person has read; says whether there is something new for this one in a conversation. */
export function useUnread({ state, person, open, since }: Reading): (conversation: Conversation) => boolean {
  const [seen, setSeen] = useState<Seen>({});
  const key = open && seenKey(person, open.id);
  const latest = open ? lastAt(messagesIn(state, open.id, person)) : 0;
  useEffect(() => {
    if (key) setSeen((now) => ({ ...now, [key]: latest }));
  }, [key, latest]);
  return ({ id }) => id !== open?.id && isUnread(state, id, person, seen, since);
}
