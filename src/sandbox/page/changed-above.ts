import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Message } from '../model.js';

interface ChangedAbove {
  readonly changed: boolean;
  readonly show: () => void;
  /** To be called when the list has been scrolled. */
  readonly onScroll: () => void;
}

/** A card that changes out of sight would change unnoticed: remembers the last one until it has been seen. */
export function useChangedAbove(list: RefObject<HTMLElement | null>, messages: readonly Message[]): ChangedAbove {
  const before = useRef<ReadonlyMap<string, number>>(undefined);
  const [id, setId] = useState<string>();
  const find = (message: string | undefined) =>
    [...(list.current?.querySelectorAll<HTMLElement>('[data-message]') ?? [])].find(
      (article) => article.dataset.message === message,
    );
  const outOfSight = (article: HTMLElement | undefined): boolean =>
    article !== undefined &&
    article.getBoundingClientRect().bottom < (list.current?.getBoundingClientRect().top ?? 0) + SEEN_PX;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is compared are the messages; `find` only reads the page.
  useEffect(() => {
    const known = before.current;
    before.current = new Map(messages.map((message) => [message.id, message.changes]));
    const changed = messages.findLast((message) => message.changes > (known?.get(message.id) ?? message.changes));
    if (changed && outOfSight(find(changed.id))) setId(changed.id);
  }, [messages]);
  return {
    changed: id !== undefined,
    show: () => {
      find(id)?.scrollIntoView({ block: 'center' });
      setId(undefined);
    },
    onScroll: () => {
      if (id !== undefined && !outOfSight(find(id))) setId(undefined);
    },
  };
}

/** With this much of it in sight, a card counts as seen. */
const SEEN_PX = 60;
