import { type ReactNode, useEffect, useState } from 'react';
import type { Side as SideName, World } from '../model.js';
import { type Notice, useActing } from './acting.js';
import { Adding } from './adding.js';
import { hasApp, hasDirect } from './belonging.js';
import type { Draft } from './composer.js';
import { type Desk, DeskProvider } from './desk.js';
import { Dialogs } from './dialogs.js';
import { NO_DIRECT, placesOf } from './inbox.js';
import { LayerProvider } from './layer.js';
import { Place } from './place.js';
import { useUnread } from './reading.js';
import { Sidebar } from './sidebar.js';
import { Strip } from './strip.js';

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
  const platform = PLATFORMS[side];
  const { act, notice, dismiss, aside } = useActing(side, person);
  const [chosen, setChosen] = useState<string>();
  const self = state.people.find(({ id }) => id === person);
  const places = placesOf(state, person).filter(({ kind }) => kind !== 'direct' || hasDirect(side, state, self));
  const place = places.find(({ id }) => id === chosen) ?? (chosen === NO_DIRECT ? places.at(-1) : places[0]);
  const unread = useUnread({ state, person, since, open: shown ? place : undefined });
  const anyUnread = places.some(unread);
  useEffect(() => onUnread(anyUnread), [anyUnread, onUnread]);
  const { commands, menus } = hasApp(state, self) ? world : { commands: [], menus: [] };
  const desk: Desk = { side, platform, state, commands, menus, person, act };
  const workplace = side === 'slack' ? world.slack.team.name : world.teams.tenant.name;
  return (
    <DeskProvider value={desk}>
      <section className={`side ${side}`} aria-label={platform} hidden={!shown} data-testid={`side-${side}`}>
        <Strip workplace={workplace} onActAs={onActAs} />
        <Layered over={<Dialogs />}>
          <Sidebar
            places={places}
            current={place?.id ?? ''}
            unread={unread}
            onOpen={({ kind, id }) => setChosen(kind === 'direct' ? NO_DIRECT : id)}
          />
          <div className="main">
            <Adding installUrl={world.installUrl} />
            {place && <Place key={`${person} ${place.kind} ${place.name}`} place={place} draft={draft} aside={aside} />}
            {notice && <NoticeLine notice={notice} onDismiss={dismiss} />}
          </div>
        </Layered>
      </section>
    </DeskProvider>
  );
}

/** Dialogs, wherever in the side they are asked for, lie over all of it. */
function Layered({ over, children }: { readonly over: ReactNode; readonly children: ReactNode }) {
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  return (
    <div className="side-body">
      <LayerProvider value={layer}>
        <div className="workspace">{children}</div>
        {over}
      </LayerProvider>
      <div className="layer" ref={setLayer} />
    </div>
  );
}

function NoticeLine({ notice, onDismiss }: { readonly notice: Notice; readonly onDismiss: () => void }) {
  return (
    <p className={`notice ${notice.tone}`} role="alert">
      {notice.text}
      <button type="button" className="icon" aria-label="Dismiss" onClick={onDismiss}>
        <span aria-hidden="true">×</span>
      </button>
    </p>
  );
}
