import { readFileSync } from 'node:fs';
import { Template } from 'adaptivecards-templating';
import type { View } from '../../core/view.js';

/** An Adaptive Card as it is sent. */
export interface Card {
  readonly type: 'AdaptiveCard';
  readonly version: string;
  readonly body: readonly unknown[];
}

/** Values for one template; every key it names must be there, since an unknown one stays as '${...}' on the card. */
export type Binding = Readonly<Record<string, unknown>>;

export type Bind = (kind: View['kind'], binding: Binding) => Card;

// From src/ and from dist/ alike.
const read = (kind: View['kind']): Template =>
  new Template(JSON.parse(readFileSync(new URL(`../../../adaptive-cards/${kind}.json`, import.meta.url), 'utf8')));

/** Parses each template once: parsing takes fifty times as long as expanding. */
export const loadTemplates = (): Bind => {
  const templates: Readonly<Record<View['kind'], Template>> = {
    notice: read('notice'),
    record: read('record'),
    list: read('list'),
    form: read('form'),
    // Teams shows a file by a card of its own; in words it reads like a notice.
    file: read('notice'),
  };
  return (kind, binding) => templates[kind].expand({ $root: binding });
};
