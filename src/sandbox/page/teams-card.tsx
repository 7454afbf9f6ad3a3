import { type Action, AdaptiveCard, HostConfig, Input, OpenUrlAction, Table } from 'adaptivecards';
import 'adaptivecards/lib/adaptivecards.css';
import { memo, useEffect, useRef, useState } from 'react';
import type { Card, Values } from '../model.js';
import { markdownToHtml } from './markdown.js';
import { numberActions } from './teams-actions.js';
import { teamsHost } from './teams-host.js';

// The renderer registers its tables as a side effect of the module, which a bundler drops unless something refers to it.
void Table;

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdownToHtml(text);
  result.didProcess = true;
};

interface Props {
  readonly card: Card;
  readonly onAction: (action: number, inputs: Values) => Promise<void>;
}

/** Microsoft's own renderer in a React skin. Drawn anew only when the card itself is another. */
export const TeamsCard = memo(function TeamsCard({ card, onAction }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onAction);
  latest.current = onAction;
  const [busy, setBusy] = useState(false);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const press = async (action: number, inputs: Values) => {
      setBusy(true);
      await latest.current(action, inputs);
      setBusy(false);
    };
    const drawn = draw(card, press);
    setBroken(drawn === undefined);
    place.current?.replaceChildren(...(drawn ? [drawn] : []));
  }, [card]);
  return (
    <div className={busy ? 'teams-card busy' : 'teams-card'} aria-busy={busy} data-testid="adaptive-card">
      <div ref={place} />
      {broken && (
        <p className="undrawn">This card cannot be drawn: its version or content is not what Teams accepts.</p>
      )}
    </div>
  );
});

function draw(card: Card, press: (action: number, inputs: Values) => void): HTMLElement | undefined {
  const adaptive = new AdaptiveCard();
  adaptive.hostConfig = new HostConfig(teamsHost);
  adaptive.parse(numberActions(card));
  adaptive.onExecuteAction = (action) => {
    if (action instanceof OpenUrlAction) return void window.open(action.url, '_blank', 'noopener,noreferrer');
    press(Number(action.id), inputsOf(action));
  };
  return adaptive.render();
}

function inputsOf(action: Action): Values {
  const inputs = Object.values(action.getReferencedInputs() ?? {});
  return Object.fromEntries(
    inputs.filter((input) => input instanceof Input && input.id).map((input) => [input.id, `${input.value ?? ''}`]),
  );
}
