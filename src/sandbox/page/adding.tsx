import { useState } from 'react';
import type { Outcome } from '../model.js';
import { post } from './api.js';
import { hasApp, homeOf } from './belonging.js';
import { useDesk } from './desk.js';

/** Shown while the app is not where the person belongs: how it gets there. */
export function Adding({ installUrl }: { readonly installUrl: string | undefined }) {
  const { side, platform, state, person: id } = useDesk();
  const person = state.people.find((one) => one.id === id);
  const { name: workplace, id: home } = homeOf(state, person);
  if (!person || hasApp(state, person)) return null;
  return (
    <div className="adding" data-testid="adding">
      <p>
        {state.bot.name} is not in {workplace} yet.
        {person.guest && ` ${person.name} is a guest and cannot add it: act as somebody of ${workplace}.`}
      </p>
      {!person.guest && side === 'teams' && <AddToTeams tenant={home} />}
      {!person.guest && side === 'slack' && (
        <a
          className="button primary"
          href={installUrl}
          target="_blank"
          rel="noopener"
          // The consent page then begins with this person.
          onClick={() => void post('/consent', { answer: 'ask', person: id }).catch(() => {})}
        >
          Add to {platform}
        </a>
      )}
    </div>
  );
}

function AddToTeams({ tenant }: { readonly tenant: string }) {
  const [adding, setAdding] = useState(false);
  const add = async () => {
    setAdding(true);
    await post<Outcome>('/install', { side: 'teams', workplace: tenant }).catch(() => undefined);
    setAdding(false);
  };
  return (
    <button type="button" className="button primary" disabled={adding} onClick={() => void add()}>
      {adding ? 'Adding…' : 'Add to Teams'}
    </button>
  );
}
