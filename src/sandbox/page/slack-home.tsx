import type { KnownBlock } from '@slack/types';
import { useEffect } from 'react';
import type { SlackState } from '../model.js';
import { useDesk } from './desk.js';
import { SlackBlocks } from './slack-blocks.js';
import { useSlackForm } from './slack-form.js';
import { SurfaceProvider } from './slack-surface.js';

/** The Home tab. Opening it tells Entente, which then publishes what stands there. */
export function SlackHome({ state }: { readonly state: SlackState }) {
  const { act, person } = useDesk();
  useEffect(() => void act('/home/open'), [act]);
  const blocks = (state.homes[person]?.blocks ?? []) as readonly KnownBlock[];
  const { surface } = useSlackForm(blocks, { home: true });
  return (
    <section className="home" aria-label="App Home" data-testid="app-home">
      {blocks.length > 0 ? (
        <SurfaceProvider value={surface}>
          <SlackBlocks blocks={blocks} />
        </SurfaceProvider>
      ) : (
        <p className="empty">{state.bot.name} has not published a Home for you yet.</p>
      )}
    </section>
  );
}
