import type { Button, View } from '../../core/view.js';
import { limits } from './limits.js';
import type { Setting } from './setting.js';
import { plainLine } from './spans.js';
import type { Binding } from './templates.js';

const press = ({ subject, carry }: Button, on: View['kind'], { home, card }: Setting): Binding => ({
  ...(subject && { subject }),
  ...(carry && { carry }),
  ...(card && on === 'list' && { card }),
  ...((on === 'notice' || on === 'list') && { view: home && on === 'list' ? 'home' : on }),
});

export const submit = (title: string, interaction: string, data: Binding): Binding => ({
  type: 'Action.Submit',
  title,
  data: { interaction, ...data },
});

/** Clients too old for Action.Execute send the fallback's data, `old`, as a message. */
export const execute = (title: string, interaction: string, data: Binding, old = data): Binding => ({
  type: 'Action.Execute',
  title,
  verb: interaction,
  data,
  fallback: submit(title, interaction, old),
});

const drawButton = (button: Button, on: View['kind'], setting: Setting): Binding => {
  const data = press(button, on, setting);
  const title = plainLine(button.label, limits.label);
  if (setting.surface === 'dialog') return submit(title, button.id, data);
  if (button.opensWindow) return submit(title, button.id, { msteams: { type: 'task/fetch' }, ...data });
  return execute(title, button.id, data);
};

const widthOf = (row: readonly Binding[]): number => row.reduce((sum, { title }) => sum + String(title).length, 0);

/** In rows, since Teams shows only the first few actions of a set, and a phone only what is within its width. */
export const rowsOf = (actions: readonly Binding[]): readonly Binding[] => {
  const rows: Binding[][] = [];
  for (const action of actions) {
    const row = rows.at(-1);
    const fits = row && row.length < limits.buttons && widthOf([...row, action]) <= limits.labels;
    if (fits) row.push(action);
    else rows.push([action]);
  }
  return rows.map((row) => ({ actions: row }));
};

export const drawButtons = (
  buttons: readonly Button[] | undefined,
  on: View['kind'],
  setting: Setting,
): readonly Binding[] =>
  rowsOf((buttons ?? []).slice(0, limits.allButtons).map((button) => drawButton(button, on, setting)));
