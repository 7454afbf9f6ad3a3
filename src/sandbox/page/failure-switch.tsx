import { useId } from 'react';
import type { Failure } from '../model.js';
import { post } from './api.js';
import { useDesk } from './desk.js';

interface Choice {
  readonly label: string;
  readonly failure: Failure;
}

const CHOICES: readonly Choice[] = [
  { label: 'OK', failure: { mode: 'ok' } },
  { label: '429', failure: { mode: 'ratelimited', retryAfter: 5 } },
  { label: '500', failure: { mode: 'error' } },
  { label: 'Slow', failure: { mode: 'slow', delayMs: 4_000 } },
  { label: 'Down', failure: { mode: 'down' } },
];

/** How the platform treats Entente's calls. People on it notice nothing, except that Entente falls behind. */
export function FailureSwitch() {
  const { side, platform, state } = useDesk();
  const name = useId();
  return (
    <fieldset className="failure">
      <legend>{platform} answers</legend>
      {CHOICES.map(({ label, failure }) => (
        <label key={label}>
          <input
            type="radio"
            name={name}
            checked={state.failure.mode === failure.mode}
            onChange={() => void post('/failure', { side, ...failure })}
          />
          <span className={failure.mode === 'ok' ? 'good' : 'bad'}>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function FailureBanner() {
  const { platform, state } = useDesk();
  const sentence = describe(state.failure);
  if (sentence === undefined) return null;
  return (
    <p className="failure-banner" role="status" data-testid="failure">
      {platform} {sentence} People here notice nothing yet.
    </p>
  );
}

function describe(failure: Failure): string | undefined {
  switch (failure.mode) {
    case 'ok':
      return undefined;
    case 'ratelimited':
      return `refuses Entente’s calls: 429, try again after ${failure.retryAfter} s.`;
    case 'error':
      return 'answers Entente’s calls with an error: 500.';
    case 'slow':
      return `answers Entente’s calls only after ${failure.delayMs / 1000} s.`;
    case 'down':
      return 'cannot be reached by Entente.';
    case 'random':
      return `fails ${Math.round(failure.share * 100)} % of Entente’s calls.`;
    default:
      return failure satisfies never;
  }
}
