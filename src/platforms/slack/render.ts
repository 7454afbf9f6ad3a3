/* Each kind of view, drawn once for every place that Slack has: messages, modals and the home. */
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { Fact, ListItem, ListView, NoticeView, RecordView, Text, View } from '../../core/view.js';
import {
  actionsOf,
  buttonsOf,
  contextsOf,
  factParts,
  headerOf,
  labelledHeaderOf,
  markedText,
  messageRoom,
  type Part,
  pack,
  plainText,
  type Room,
  sectionOf,
  titled,
  viewRoom,
} from './blocks.js';
import { drawForm, type Origin, writeOrigin } from './form.js';
import { limits } from './limits.js';
import { fallback, label, words } from './mrkdwn.js';
import { oneLine } from './text.js';

export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

const NAME = 'Entente';

const drawNotice = (view: NoticeView, room: Room): KnownBlock[] => {
  const text = view.title === undefined ? undefined : markedText(titled(view.title, view.text, limits.section));
  const body: KnownBlock = text ? { type: 'section', text } : sectionOf(view.text);
  return pack([body], [], actionsOf(view.buttons), room);
};

/** A header is short; a longer title stands in full below it. */
const headingOf = ({ label: name, title }: RecordView): KnownBlock[] => {
  const header = labelledHeaderOf(name, title);
  const whole = oneLine(words(`${name} ${title}`)).length <= limits.header;
  return whole ? [header] : [header, sectionOf([`${name} `, title])];
};

const factsOf = (view: RecordView): readonly Fact[] =>
  view.facts.some((fact) => fact.label === 'Status')
    ? view.facts
    : [{ label: 'Status', text: view.status }, ...view.facts];

const drawRecord = (view: RecordView, room: Room): KnownBlock[] =>
  pack(headingOf(view), factParts(factsOf(view)), [...contextsOf(view.footer), ...actionsOf(view.buttons)], room);

const itemPart = (item: ListItem): Part => {
  const text = markedText(titled(item.title, item.text, limits.section));
  const buttons = buttonsOf(item.buttons);
  const [only] = buttons;
  return buttons.length === 1 && only
    ? { blocks: [{ type: 'section', text, accessory: only }], count: 1 }
    : { blocks: [{ type: 'section', text }, ...actionsOf(item.buttons)], count: 1 };
};

const drawList = (view: ListView, room: Room): KnownBlock[] => {
  const intro = view.intro === undefined ? [] : [sectionOf(view.intro)];
  const empty = view.items.length === 0 ? [sectionOf(view.empty)] : [];
  return pack([headerOf(view.title), ...intro, ...empty], view.items.map(itemPart), actionsOf(view.buttons), room);
};

/** A form cannot stand in a message; what it asks can. */
const drawAsked = (title: string, audience: string): KnownBlock[] => [headerOf(title), ...contextsOf([audience])];

const draw = (view: View, room: Room): KnownBlock[] => {
  switch (view.kind) {
    case 'notice':
      return drawNotice(view, room);
    case 'record':
      return drawRecord(view, room);
    case 'list':
      return drawList(view, room);
    case 'form':
      return drawAsked(view.title, view.audience);
    case 'file':
      return [headerOf(view.title), sectionOf(view.text)];
    default:
      return view satisfies never;
  }
};

/** What a view says in one breath: for notifications, and for those who hear it. */
const summaryOf = (view: View): Text => {
  switch (view.kind) {
    case 'notice':
      return view.title === undefined ? view.text : [`${view.title}: `, ...[view.text].flat()];
    case 'record':
      return view.summary;
    case 'list':
      return view.items.length === 0
        ? [`${view.title}: `, ...[view.empty].flat()]
        : `${view.title}: ${view.items.map((item) => item.title).join('; ')}`;
    case 'form':
      return view.title;
    case 'file':
      return [`${view.title}. `, ...[view.text].flat()];
    default:
      return view satisfies never;
  }
};

const titleOf = (view: View): string | undefined =>
  view.kind === 'record' ? view.label : view.kind === 'notice' ? view.title : view.title;

export const drawMessage = (view: View): Message => ({
  text: fallback(summaryOf(view), limits.messageText),
  blocks: draw(view, messageRoom),
});

export const drawHome = (view: View): HomeView => ({ type: 'home', blocks: draw(view, viewRoom) });

/** A window with an answer and nothing to fill in. A title too long for the window's bar stands inside. */
const drawAnswer = (view: View, origin: Origin): ModalView => {
  const title = titleOf(view) ?? NAME;
  const fits = oneLine(title).length <= limits.viewTitle;
  const inside = view.kind === 'notice' && fits ? { ...view, title: undefined } : view;
  return {
    type: 'modal',
    title: plainText(label(fits ? title : NAME, limits.viewTitle)),
    close: plainText('Close'),
    private_metadata: writeOrigin({ origin }),
    blocks: draw(inside, viewRoom),
  };
};

/** A view as a window; `origin` is where it was asked for, so that what follows is answered there. */
export const drawModal = (view: View, origin: Origin): ModalView =>
  view.kind === 'form' ? drawForm(view, origin) : drawAnswer(view, origin);

/** The sentence of a refusal, for beside a field. */
export const sentenceOf = (view: View): string => label(summaryOf(view), limits.fieldError);

/** A question to open a form with: a message brings no trigger, a press does. */
export const drawInvitation = (view: View, value: string, actionId: string): Message => {
  const { text, blocks } = drawMessage(view);
  const open = { type: 'button' as const, action_id: actionId, text: plainText('Open the form'), value };
  return { text, blocks: [...blocks, { type: 'actions', elements: [{ ...open, style: 'primary' }] }] };
};
