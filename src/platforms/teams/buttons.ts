import type { Button, View } from '../../core/view.js';
import { limits } from './limits.js';
import type { Setting } from './setting.js';
import { plainLine } from './spans.js';
import type { Binding } from './templates.js';

const press = ({ subject, carry }: Button, on: View['kind'], { home }: Setting): Binding => ({
  ...(subject && { subject }),
  ...(carry && { carry }),
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

/** In rows, since Teams shows only the first few actions of a set. */
export const rowsOf = (actions: readonly Binding[]): readonly Binding[] =>
  Array.from({ length: Math.ceil(actions.length / limits.buttons) }, (_, row) => ({
    actions: actions.slice(row * limits.buttons, (row + 1) * limits.buttons),
  }));

export const drawButtons = (
  buttons: readonly Button[] | undefined,
  on: View['kind'],
  setting: Setting,
): readonly Binding[] =>
  rowsOf((buttons ?? []).slice(0, limits.rows * limits.buttons).map((button) => drawButton(button, on, setting)));
