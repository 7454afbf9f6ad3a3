import { useState } from 'react';
import type { Beginning as Begun, World } from '../model.js';
import { post } from './api.js';
import { Dialog } from './dialog.js';
import { LayerProvider } from './layer.js';

/** The way back to the beginning: with the demo alliance, or from nothing. */
export function Beginning({ world }: { readonly world: World }) {
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <LayerProvider value={layer}>
      <button type="button" className="button begin" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Begin anew
      </button>
      {open && <BeginDialog world={world} onClose={() => setOpen(false)} />}
      <div className="page-layer" ref={setLayer} />
    </LayerProvider>
  );
}

interface Props {
  readonly world: World;
  readonly onClose: () => void;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

function BeginDialog({ world, onClose }: Props) {
  const [doing, setDoing] = useState(false);
  const [mistake, setMistake] = useState<string>();
  const begin = async (next: Begun) => {
    setDoing(true);
    setMistake(undefined);
    try {
      // The page begins anew when the world does; this dialog goes with it.
      await post('/begin', { with: next });
    } catch (error) {
      setDoing(false);
      setMistake(error instanceof Error ? error.message : 'The sandbox cannot be reached.');
    }
  };
  const { slack, teams } = world;
  return (
    <Dialog title="Begin anew" onClose={onClose} width={520}>
      <div className="dialog-body">
        <p>
          Everything is lost: what Entente recorded, {counted(slack.messages.length, 'message')} on Slack and{' '}
          {counted(teams.messages.length, 'message')} on Teams. It cannot be undone.
        </p>
        <p>
          Empty: two companies that have never met Entente, to try how they install it, set it up and join. With the
          demo alliance: Acme and Nova, joined, with one committee.
        </p>
        {mistake && (
          <p className="readers-mistake" role="alert">
            {mistake}
          </p>
        )}
      </div>
      <footer className="dialog-foot begin-foot">
        {doing ? (
          <p role="status">Beginning anew…</p>
        ) : (
          <>
            <button type="button" className="button" onClick={onClose}>
              Cancel
            </button>
            <button type="button" className="button danger" onClick={() => void begin('empty')}>
              Begin empty
            </button>
            <button type="button" className="button danger" onClick={() => void begin('demo')}>
              Begin with the demo alliance
            </button>
          </>
        )}
      </footer>
    </Dialog>
  );
}
