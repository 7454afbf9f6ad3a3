import { type ReactNode, useCallback, useState } from 'react';
import type { Side as SideName, World } from '../model.js';
import type { Link } from './api.js';
import { Beginning } from './beginning.js';
import { Clock } from './clock.js';
import type { Draft } from './composer.js';
import { lastAt } from './inbox.js';
import { useLive } from './live.js';
import { useNarrow } from './narrow.js';
import { nextStep, type Step } from './next-step.js';
import { Side } from './side.js';

const SIDES: readonly { readonly id: SideName; readonly label: string }[] = [
  { id: 'slack', label: 'Slack' },
  { id: 'teams', label: 'Teams' },
];

export function App() {
  const { world, link } = useLive();
  return (
    <div className="page">
      {world ? (
        <Table key={world.run} world={world} link={link} />
      ) : (
        <p className="loading" role="status">
          {link === 'reconnecting' ? 'Waiting for the sandbox to answer…' : 'Opening the sandbox…'}
        </p>
      )}
    </div>
  );
}

/** Both sides next to each other; on a narrow screen, one at a time. */
function Table({ world, link }: { readonly world: World; readonly link: Link }) {
  const [since] = useState(() => Math.max(lastAt(world.slack.messages), lastAt(world.teams.messages)));
  const [people, setPeople] = useState<Readonly<Partial<Record<SideName, string>>>>({});
  const [front, setFront] = useState<SideName>('slack');
  const [draft, setDraft] = useState<Draft>();
  const [unread, setUnread] = useState({ slack: false, teams: false });
  const narrow = useNarrow();
  const onSlack = useCallback((slack: boolean) => setUnread((now) => ({ ...now, slack })), []);
  const onTeams = useCallback((teams: boolean) => setUnread((now) => ({ ...now, teams })), []);
  const personOf = (side: SideName) =>
    world[side].people.find(({ id }) => id === people[side]) ?? world[side].people[0];
  const tryIt = () => {
    setFront('slack');
    setDraft({ text: nextStep(world).example, taken: () => setDraft(undefined) });
  };
  return (
    <>
      <Top
        link={link}
        world={world}
        zone={personOf('slack')?.zone ?? 'UTC'}
        left={personOf('slack')?.name ?? ''}
        right={personOf('teams')?.name ?? ''}
        onTry={tryIt}
      />
      {narrow && <Tabs front={front} unread={unread} onFront={setFront} />}
      <main className="sides">
        {SIDES.map(({ id }) => (
          <Side
            key={id}
            side={id}
            world={world}
            person={personOf(id)?.id ?? ''}
            onActAs={(person) => setPeople((now) => ({ ...now, [id]: person }))}
            since={since}
            draft={id === 'slack' ? draft : undefined}
            shown={!narrow || front === id}
            onUnread={id === 'slack' ? onSlack : onTeams}
          />
        ))}
      </main>
    </>
  );
}

interface TopProps {
  readonly link: Link;
  readonly world: World;
  /** Where the person acted as on the left is. */
  readonly zone: string;
  readonly left: string;
  readonly right: string;
  readonly onTry: () => void;
}

const first = (name: string): string => name.split(' ')[0] ?? name;

const ends: Readonly<Record<Step['next'], (name: string) => ReactNode>> = {
  confirm: (name) => (
    <>
      and press <strong>Confirm wording</strong> as {name} on Teams.
    </>
  ),
  accept: (name) => (
    <>
      and press <strong>Accept</strong> as {name} on Teams.
    </>
  ),
  clock: () => 'to find what was recorded.',
  join: (name) => `and join as ${name} on Teams.`,
};

function Top({ link, world, zone, left, right, onTry }: TopProps) {
  const { example, next } = nextStep(world);
  return (
    <header className="top">
      <h1>Entente sandbox</h1>
      <p className="hint">
        {next === 'join' && 'Add Entente on both sides. Then, as'}
        {next === 'clock' && 'Move the clock on: each morning Entente tells people what waits for them. As'}
        {(next === 'confirm' || next === 'accept') && 'As'} {first(left)} on Slack, write{' '}
        <button type="button" className="example" onClick={onTry} title="Put this into the message box on Slack">
          {example}
        </button>{' '}
        {ends[next](first(right))}
      </p>
      <Clock ahead={world.ahead} zone={zone} />
      <Beginning world={world} />
      <p className={`link ${link}`} role="status" data-testid="link">
        {link === 'live' ? 'Live' : link === 'connecting' ? 'Connecting' : 'Reconnecting'}
      </p>
    </header>
  );
}

interface TabsProps {
  readonly front: SideName;
  readonly unread: Readonly<Record<SideName, boolean>>;
  readonly onFront: (side: SideName) => void;
}

function Tabs({ front, unread, onFront }: TabsProps) {
  return (
    <div className="side-tabs" role="tablist" aria-label="Sides">
      {SIDES.map(({ id, label }) => (
        <button key={id} type="button" role="tab" aria-selected={front === id} onClick={() => onFront(id)}>
          {label}
          {unread[id] && front !== id && (
            <span className="dot">
              <span className="sr-only">unread</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
