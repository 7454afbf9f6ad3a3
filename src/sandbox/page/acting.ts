import { useCallback, useState } from 'react';
import type { Outcome, Side } from '../model.js';
import { post } from './api.js';

export interface Notice {
  readonly tone: 'error' | 'hint';
  readonly text: string;
}

interface Acting {
  readonly act: (path: string, body?: object) => Promise<Outcome | undefined>;
  readonly notice: Notice | undefined;
  readonly dismiss: () => void;
  /** How fast Entente answered last. */
  readonly aside: string;
}

const UNHEARD = 'Entente was not told: in a channel or group chat it only hears what mentions it. Begin with @Entente.';

/** What a person does on a side, and what the platform tells them when it went wrong. */
export function useActing(side: Side, person: string): Acting {
  const [notice, setNotice] = useState<Notice>();
  const [aside, setAside] = useState('');
  const act = useCallback(
    async (path: string, body: object = {}): Promise<Outcome | undefined> => {
      setNotice(undefined);
      try {
        const outcome = await post<Outcome>(path, { side, person, ...body });
        setNotice(noticeOf(side, path, outcome));
        setAside(outcome.delivered && outcome.status === 200 ? `Answered in ${Math.round(outcome.ackMs)} ms` : '');
        return outcome;
      } catch (error) {
        setNotice({ tone: 'error', text: error instanceof Error ? error.message : 'The sandbox cannot be reached.' });
        return undefined;
      }
    },
    [side, person],
  );
  return { act, notice, dismiss: () => setNotice(undefined), aside };
}

function noticeOf(side: Side, path: string, { error, delivered }: Outcome): Notice | undefined {
  if (error !== undefined) return { tone: 'error', text: error };
  return side === 'teams' && path === '/say' && !delivered ? { tone: 'hint', text: UNHEARD } : undefined;
}
