import { useState } from 'react';
import type { Conversation } from '../model.js';
import type { Draft } from './composer.js';
import { ConversationView } from './conversation.js';
import { titleOf, useDesk } from './desk.js';
import { Readers } from './readers.js';
import { SlackHome } from './slack-home.js';

interface Props {
  readonly place: Conversation;
  readonly draft: Draft | undefined;
  readonly aside: string;
}

/** A conversation under its name; on Slack, the app's own place has a Home tab besides. */
export function Place({ place, draft, aside }: Props) {
  const { side, state } = useDesk();
  const [home, setHome] = useState(false);
  const tabs = side === 'slack' && place.kind === 'direct';
  return (
    <>
      <header className="place-head">
        <h3>{titleOf(side, place, state.bot.name)}</h3>
        {place.kind !== 'direct' && <Readers place={place} />}
        {place.archived && <span className="place-note">archived</span>}
        {tabs && (
          <div className="tabs" role="tablist" aria-label={state.bot.name}>
            <button type="button" role="tab" aria-selected={home} onClick={() => setHome(true)}>
              Home
            </button>
            <button type="button" role="tab" aria-selected={!home} onClick={() => setHome(false)}>
              Messages
            </button>
          </div>
        )}
      </header>
      {home && 'homes' in state ? (
        <SlackHome state={state} />
      ) : (
        <ConversationView place={place} draft={draft} aside={aside} />
      )}
    </>
  );
}
