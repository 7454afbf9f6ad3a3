import type { Card } from '../model.js';
import { LIMITS } from './limits.js';

type Json = Readonly<Record<string, unknown>>;
type Need = 'string' | 'array' | 'number' | 'any';

interface Shape {
  readonly needs?: Readonly<Record<string, Need>>;
  /** Properties that hold further elements. */
  readonly holds?: readonly string[];
}

/** Adaptive Cards up to 1.5, as Teams takes them from bots; Chart.* and CodeBlock are Teams' own. */
const ELEMENTS: Readonly<Record<string, Shape>> = {
  TextBlock: { needs: { text: 'string' } },
  RichTextBlock: { needs: { inlines: 'array' } },
  Image: { needs: { url: 'string' } },
  ImageSet: { needs: { images: 'array' }, holds: ['images'] },
  Media: { needs: { sources: 'array' } },
  Container: { needs: { items: 'array' }, holds: ['items'] },
  ColumnSet: { holds: ['columns'] },
  Column: { holds: ['items'] },
  FactSet: { needs: { facts: 'array' } },
  ActionSet: { needs: { actions: 'array' } },
  Table: { holds: ['rows'] },
  TableRow: { holds: ['cells'] },
  TableCell: { needs: { items: 'array' }, holds: ['items'] },
  CodeBlock: { needs: { codeSnippet: 'string' } },
  'Input.Text': { needs: { id: 'string' } },
  'Input.Number': { needs: { id: 'string' } },
  'Input.Date': { needs: { id: 'string' } },
  'Input.Time': { needs: { id: 'string' } },
  'Input.Toggle': { needs: { id: 'string', title: 'string' } },
  'Input.ChoiceSet': { needs: { id: 'string' } },
};

const CHARTS = new Set([
  'Chart.Donut',
  'Chart.Pie',
  'Chart.Gauge',
  'Chart.VerticalBar',
  'Chart.VerticalBar.Grouped',
  'Chart.HorizontalBar',
  'Chart.HorizontalBar.Stacked',
  'Chart.Line',
]);

const ACTIONS: Readonly<Record<string, Shape>> = {
  'Action.Execute': {},
  'Action.Submit': {},
  'Action.OpenUrl': { needs: { url: 'string' } },
  'Action.ShowCard': { needs: { card: 'any' } },
  'Action.ToggleVisibility': { needs: { targetElements: 'array' } },
};

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const satisfiesNeed = (value: unknown, need: Need): boolean => {
  if (need === 'any') return value !== undefined;
  return need === 'array' ? Array.isArray(value) : typeof value === need;
};

const needFaults = (item: Json, shape: Shape, path: string): string[] =>
  Object.entries(shape.needs ?? {}).flatMap(([key, need]) =>
    satisfiesNeed(item[key], need) ? [] : [`${path}.${key} must be ${need === 'any' ? 'there' : `a(n) ${need}`}`],
  );

const actionFaults = (action: unknown, path: string): string[] => {
  if (!isJson(action)) return [`${path} is no action`];
  const shape = ACTIONS[String(action.type)];
  if (!shape) return [`${path}: unknown action '${action.type}'`];
  const unsupported = [
    ...('isEnabled' in action ? [`${path}.isEnabled is not supported in Teams`] : []),
    ...(action.style === 'positive' || action.style === 'destructive'
      ? [`${path}.style '${action.style}' is not supported in Teams`]
      : []),
  ];
  const inner = action.type === 'Action.ShowCard' ? cardFaults(action.card, `${path}.card`, true) : [];
  return [...needFaults(action, shape, path), ...unsupported, ...inner];
};

const partFaults = (item: Json, path: string): string[] => {
  const facts = item.type === 'FactSet' && Array.isArray(item.facts) ? item.facts : [];
  const choices = Array.isArray(item.choices) ? item.choices : [];
  const pairs = [...facts, ...choices].filter(
    (pair) => !isJson(pair) || typeof pair.title !== 'string' || typeof pair.value !== 'string',
  );
  const actions = Array.isArray(item.actions) ? item.actions : [];
  return [
    ...(pairs.length > 0 ? [`${path}: each fact or choice needs a title and a value, both text`] : []),
    ...actions.flatMap((action, index) => actionFaults(action, `${path}.actions[${index}]`)),
    ...(item.selectAction === undefined ? [] : actionFaults(item.selectAction, `${path}.selectAction`)),
    ...(item.inlineAction === undefined ? [] : actionFaults(item.inlineAction, `${path}.inlineAction`)),
  ];
};

const elementFaults = (item: unknown, path: string, implied?: string): string[] => {
  if (!isJson(item)) return [`${path} is no element`];
  const type = String(item.type ?? implied);
  if (CHARTS.has(type)) return [];
  const shape = ELEMENTS[type];
  if (!shape) return [`${path}: unknown element '${type}'`];
  const inner = (shape.holds ?? []).flatMap((key) => {
    const children = item[key];
    const childType =
      key === 'columns' ? 'Column' : key === 'rows' ? 'TableRow' : key === 'cells' ? 'TableCell' : undefined;
    return Array.isArray(children)
      ? children.flatMap((child, index) => elementFaults(child, `${path}.${key}[${index}]`, childType))
      : [];
  });
  return [...needFaults(item, shape, path), ...partFaults(item, path), ...inner];
};

const version = (text: string): number => {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return major * 1000 + minor;
};

const headFaults = (card: Json, path: string): string[] => {
  const stated = card.version;
  const refresh = isJson(card.refresh) ? card.refresh : undefined;
  const users = Array.isArray(refresh?.userIds) ? refresh.userIds.length : 0;
  return [
    ...(typeof stated !== 'string' || !/^\d+\.\d+$/.test(stated) ? [`${path}.version must be text like '1.5'`] : []),
    ...(typeof stated === 'string' && version(stated) > version(LIMITS.cardVersion)
      ? [`${path}.version ${stated} is not supported in Teams; use ${LIMITS.cardVersion}`]
      : []),
    ...(users > LIMITS.refreshUsers ? [`${path}.refresh.userIds has more than ${LIMITS.refreshUsers} entries`] : []),
    ...(refresh?.action === undefined ? [] : actionFaults(refresh.action, `${path}.refresh.action`)),
  ];
};

/** What Teams would refuse in a card; empty when nothing. Cards inside cards need no version. */
export const cardFaults = (card: unknown, path = 'card', inner = false): string[] => {
  if (!isJson(card) || card.type !== 'AdaptiveCard') return [`${path} is no Adaptive Card`];
  const body = Array.isArray(card.body) ? card.body : [];
  const count = Array.isArray(card.actions) ? card.actions.length : 0;
  const ids = inputsOf(card).map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  return [
    ...(inner ? [] : headFaults(card, path)),
    ...body.flatMap((item, index) => elementFaults(item, `${path}.body[${index}]`)),
    ...partFaults({ actions: card.actions, selectAction: card.selectAction }, path),
    ...(count > LIMITS.cardActions ? [`${path}.actions has more than ${LIMITS.cardActions} entries`] : []),
    ...(twice === undefined || inner ? [] : [`${path}: two inputs are called '${twice}'`]),
  ];
};

const everyPart = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.flatMap(everyPart);
  if (!isJson(value)) return [];
  const { data: _, msteams: __, ...rest } = value;
  return [value, ...Object.values(rest).flatMap(everyPart)];
};

export interface CardInput extends Json {
  readonly id: string;
  readonly type: string;
}

export const inputsOf = (card: unknown): CardInput[] =>
  everyPart(card).filter(
    (part): part is CardInput => String(part.type).startsWith('Input.') && typeof part.id === 'string',
  );

/** Buttons in reading order; the refresh action is none. */
export const actionsOf = (card: Card): Json[] => {
  const { refresh: _, ...shown } = card;
  return everyPart(shown).filter((part) => String(part.type) in ACTIONS);
};
