import { useEffect, useState } from 'react';
import type { Conversation, Side as SideName, World } from '../model.js';
import { useActing } from './acting.js';
import { ConversationView } from './conversation.js';
import { type Desk, DeskProvider, titleOf, useDesk } from './desk.js';
import { Dialogs } from './dialogs.js';
import { isUnread, lastAt, messagesIn, NO_DIRECT, placesOf, type Seen, seenKey } from './inbox.js';
import { LayerProvider } from './layer.js';
import { Sidebar } from './sidebar.js';
import { SlackHome } from './slack-home.js';
import { Strip } from './strip.js';

export interface Draft {
  readonly text: string;
}

interface Props {
  readonly side: SideName;
  readonly world: World;
  readonly person: string;
  readonly onActAs: (person: string) => void;
  /** Messages older than this have been read. */
  readonly since: number;
  readonly draft: Draft | undefined;
  /** False while the other tab is in front, on a narrow screen. */
  readonly shown: boolean;
  readonly onUnread: (unread: boolean) => void;
}

const PLATFORMS = { slack: 'Slack', teams: 'Teams' } as const;

export function Side({ side, world, person, onActAs, since, draft, shown, onUnread }: Props) {
  const state = world[side];
  const { act, notice, dismiss, aside } = useActing(side, person);
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const [chosen, setChosen] = useState<string>();
  const [seen, setSeen] = useState<Seen>({});
  const places = placesOf(state, person);
  const place = places.find(({ id }) => id === chosen) ?? (chosen === NO_DIRECT ? places.at(-1) : places[0]);
  const unread = ({ id }: Conversation) => !(shown && id === place?.id) && isUnread(state, id, person, seen, since);
  const anyUnread = places.some(unread);
  useEffect(() => onUnread(anyUnread), [anyUnread, onUnread]);

  const key = place && seenKey(person, place.id);
  const latest = place ? lastAt(messagesIn(state, place.id, person)) : 0;
  useEffect(() => {
    if (shown && key) setSeen((now) => ({ ...now, [key]: latest }));
  }, [shown, key, latest]);

  const platform = PLATFORMS[side];
  const desk: Desk = { side, platform, state, commands: world.commands, menus: world.menus, person, act };
  const workplace = side === 'slack' ? world.slack.team.name : world.teams.tenant.name;
  return (
    <DeskProvider value={desk}>
      <section className={`side ${side}`} aria-label={platform} hidden={!shown} data-testid={`side-${side}`}>
        <Strip workplace={workplace} onActAs={onActAs} />
        <div className="side-body">
          <LayerProvider value={layer}>
            <div className="workspace">
              <Sidebar
                places={places}
                current={place?.id ?? ''}
                unread={unread}
                onOpen={({ kind, id }) => setChosen(kind === 'direct' ? NO_DIRECT : id)}
              />
              <div className="main">
                {place && (
                  <Place key={`${person} ${place.kind} ${place.name}`} place={place} draft={draft} aside={aside} />
                )}
                {notice && (
                  <p className={`notice ${notice.tone}`} role="alert">
                    {notice.text}
                    <button type="button" className="icon" aria-label="Dismiss" onClick={dismiss}>
                      <span aria-hidden="true">×</span>
                    </button>
                  </p>
                )}
              </div>
            </div>
            <Dialogs />
          </LayerProvider>
          <div className="layer" ref={setLayer} />
        </div>
      </section>
    </DeskProvider>
  );
}

interface PlaceProps {
  readonly place: Conversation;
  readonly draft: Draft | undefined;
  readonly aside: string;
}

/** A conversation under its name; on Slack, the app's own place has a Home tab besides. */
function Place({ place, draft, aside }: PlaceProps) {
  const { side, state } = useDesk();
  const [home, setHome] = useState(false);
  const tabs = side === 'slack' && place.kind === 'direct';
  return (
    <>
      <header className="place-head">
        <h3>{titleOf(side, place, state.bot.name)}</h3>
        {place.kind !== 'direct' && <small>{place.members.length} people</small>}
        {place.archived && <small>archived</small>}
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
