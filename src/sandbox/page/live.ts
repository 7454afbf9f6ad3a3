import { useEffect, useState } from 'react';
import type { World } from '../model.js';
import { getWorld, type Link, listen } from './api.js';
import { setAhead } from './sandbox-time.js';
import { share } from './share.js';

interface Live {
  readonly world: World | undefined;
  readonly link: Link;
}

const RETRY_MS = 500;

/** The world as it is now. A change while it is being fetched makes one more fetch, not one for each change. */
export function useLive(): Live {
  const [world, setWorld] = useState<World>();
  const [link, setLink] = useState<Link>('connecting');
  useEffect(() => {
    let stopped = false;
    let fetching = false;
    let stale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = async () => {
      stale = true;
      if (fetching) return;
      fetching = true;
      while (stale && !stopped) {
        stale = false;
        const next = await getWorld().catch(() => undefined);
        if (next === undefined) timer = setTimeout(refresh, RETRY_MS);
        else if (!stopped) {
          setAhead(next.ahead);
          setWorld((current) => share(current, next));
        }
      }
      fetching = false;
    };
    const stop = listen(refresh, setLink);
    return () => {
      stopped = true;
      clearTimeout(timer);
      stop();
    };
  }, []);
  return { world, link };
}
