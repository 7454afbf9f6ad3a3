import { useEffect, useState } from 'react';
import { post } from './api.js';
import { clockLine, clockMoves } from './clock-moves.js';
import { sandboxNow } from './sandbox-time.js';

const REDRAWN_MS = 1_000;

interface Props {
  readonly ahead: number;
  readonly zone: string;
}

/** The time in both workplaces and in Entente, and how to move it on: reminders come while one watches. */
export function Clock({ ahead, zone }: Props) {
  const [, redraw] = useState(0);
  const [mistake, setMistake] = useState<string>();
  useEffect(() => {
    const timer = setInterval(() => redraw((count) => count + 1), REDRAWN_MS);
    return () => clearInterval(timer);
  }, []);
  const now = sandboxNow();
  const move = (to: number) => {
    setMistake(undefined);
    post('/clock', { to }).catch((error: unknown) =>
      setMistake(error instanceof Error ? error.message : 'The sandbox cannot be reached.'),
    );
  };
  const city = zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
  return (
    <fieldset className={`clock ${ahead > 0 ? 'moved' : ''}`} aria-label="Clock" data-testid="clock">
      <span className="clock-time">
        <time
          dateTime={new Date(now).toISOString()}
          title={ahead > 0 ? 'Moved ahead. Begin anew for real time.' : zone}
        >
          {clockLine(now, zone)} <span className="zone">{city}</span>
        </time>
      </span>
      {clockMoves(now, zone).map(({ label, to }) => (
        <button key={label} type="button" onClick={() => move(to)}>
          {label}
        </button>
      ))}
      {mistake && <span role="alert">{mistake}</span>}
    </fieldset>
  );
}
