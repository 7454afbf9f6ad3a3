import { useId, useState } from 'react';
import type { Conversation, Outcome, Person } from '../model.js';
import { post } from './api.js';
import { badgeOf, labelOf, mainOf, readersOf } from './belonging.js';
import { titleOf, useDesk } from './desk.js';
import { Dialog } from './dialog.js';

/** Who reads a conversation, and the way to change it. */
export function Readers({ place }: { readonly place: Conversation }) {
  const { state } = useDesk();
  const [open, setOpen] = useState(false);
  const { count, whose } = readersOf(state, place);
  return (
    <>
      <button type="button" className="place-readers" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {count} people · {whose}
      </button>
      {open && <ReadersDialog place={place} onClose={() => setOpen(false)} />}
    </>
  );
}

interface DialogProps {
  readonly place: Conversation;
  readonly onClose: () => void;
}

type Change = (path: string, body: object) => Promise<void>;

function ReadersDialog({ place, onClose }: DialogProps) {
  const { side, state } = useDesk();
  const [mistake, setMistake] = useState<string>();
  const change: Change = async (path, body) => {
    setMistake(undefined);
    await post<Outcome>(path, { side, conversation: place.id, ...body }).catch((error: Error) =>
      setMistake(error.message),
    );
  };
  return (
    <Dialog title={`Who reads ${titleOf(side, place, state.bot.name)}`} onClose={onClose} width={460}>
      <div className="dialog-body readers">
        <Members place={place} change={change} />
        {place.kind === 'channel' && <Sharing place={place} change={change} />}
        {mistake && (
          <p className="readers-mistake" role="alert">
            {mistake}
          </p>
        )}
      </div>
    </Dialog>
  );
}

interface PartProps {
  readonly place: Conversation;
  readonly change: Change;
}

function Members({ place, change }: PartProps) {
  const { state } = useDesk();
  const here = state.people.filter(({ id }) => place.members.includes(id));
  const others = state.people.filter(({ id }) => !place.members.includes(id));
  return (
    <>
      <ul>
        {here.map((person) => (
          <li key={person.id}>
            <Name person={person} />
            <button
              type="button"
              className="button"
              aria-label={`Remove ${person.name}`}
              onClick={() => void change('/member', { person: person.id, here: false })}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
      <Pick
        label="Add somebody"
        verb="Add"
        options={others.map((one) => ({ id: one.id, name: labelOf(state, one) }))}
        onPick={(person) => change('/member', { person, here: true })}
      />
    </>
  );
}

function Sharing({ place, change }: PartProps) {
  const { state } = useDesk();
  const owner = place.workplace ?? mainOf(state).id;
  const others = state.workplaces.filter(({ id }) => id !== owner);
  const shared = others.filter(({ id }) => place.sharedWith?.includes(id));
  return (
    <>
      {shared.map(({ id, name }) => (
        <p key={id} className="readers-shared">
          Shared with {name}
          <button type="button" className="button" onClick={() => void change('/share', { shared: false, with: id })}>
            Stop sharing
          </button>
        </p>
      ))}
      <Pick
        label="Share with"
        verb="Share"
        options={others.filter((one) => !shared.includes(one))}
        onPick={(id) => change('/share', { shared: true, with: id })}
      />
    </>
  );
}

function Name({ person }: { readonly person: Person }) {
  const { state } = useDesk();
  const badge = badgeOf(state, person);
  return (
    <span>
      {person.name} {badge && <span className="badge">{badge}</span>}
    </span>
  );
}

interface PickProps {
  readonly label: string;
  readonly verb: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly onPick: (id: string) => Promise<void>;
}

function Pick({ label, verb, options, onPick }: PickProps) {
  const id = useId();
  const [chosen, setChosen] = useState<string>();
  const value = options.some((option) => option.id === chosen) ? chosen : options[0]?.id;
  if (value === undefined) return null;
  return (
    <div className="readers-pick">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={({ target }) => setChosen(target.value)}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
      <button type="button" className="button" onClick={() => void onPick(value)}>
        {verb}
      </button>
    </div>
  );
}
