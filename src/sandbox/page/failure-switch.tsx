import { useEffect, useId, useState } from 'react';
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
  const { failure: now } = state;
  // Shown at once; the world says the same a moment later.
  const [chosen, setChosen] = useState<Failure>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever the world says from now on counts.
  useEffect(() => setChosen(undefined), [now]);
  const choose = (failure: Failure) => {
    setChosen(failure);
    post('/failure', { side, ...failure }).catch(() => setChosen(undefined));
  };
  return (
    <fieldset className="failure">
      <legend>{platform} answers</legend>
      {CHOICES.map(({ label, failure }) => (
        <label key={label}>
          <input
            type="radio"
            name={name}
            checked={(chosen ?? now).mode === failure.mode}
            onChange={() => choose(failure)}
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
      {platform} {sentence} Entente still hears what is said here.
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
