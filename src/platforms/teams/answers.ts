/*
 * What goes back in the HTTP answer to a press: Teams shows it to the presser alone.
 */
import type { Answer, Unfurled } from '../../core/platform.js';
import type { ListView, NoticeView, Text, View } from '../../core/view.js';
import { formAgain } from './forms.js';
import { limits } from './limits.js';
import { cut } from './markup.js';
import type { Pressed } from './payloads.js';
import type { Draw } from './render.js';
import type { Setting } from './setting.js';
import { plainLine, plainText, spansOf } from './spans.js';
import type { Card } from './templates.js';

export interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface Answers {
  /**
   * To `adaptiveCard/action`: a card in place of the pressed one, or a message. `home` is the home as it is now, for what
   * was pressed on it.
   */
  execute(answer: Answer, pressed: Pressed, home?: Answer): HttpAnswer;
  /** To a dialog or a message menu: a dialog, or a message in its place. */
  dialog(answer: Answer, pressed?: Pressed): HttpAnswer;
  /** To a pasted link: a door to the record, or nothing. */
  link(shown: Unfurled | undefined): HttpAnswer;
}

const plain = (text: Text): string => plainText(text, limits.summary);
const lines = (texts: readonly (string | undefined)[]): string => texts.filter(Boolean).join('\n');

const itemsOf = (view: ListView): readonly string[] =>
  view.items.length === 0
    ? [plain(view.empty)]
    : view.items.map((item) => [plain(item.title), item.text && plain(item.text)].filter(Boolean).join(': '));

const ok = (body: unknown): HttpAnswer => ({ status: 200, body });

/** A view in the words that fit a place without cards. */
const wordsOf = (view: View): string => {
  switch (view.kind) {
    case 'notice':
      return lines([view.title && plain(view.title), plain(view.text)]);
    case 'record':
      return plain(view.summary);
    case 'list':
      return cut(lines([plain(view.title), view.intro && plain(view.intro), ...itemsOf(view)]), limits.message);
    case 'form':
    case 'file':
      return plainLine(view.title, limits.label);
    default:
      return view satisfies never;
  }
};

/** The refused form as it was typed, with the sentence; nothing when it was no form. */
const refusedForm = (answer: Answer, pressed: Pressed | undefined) => {
  if (answer.outcome === 'done' || !pressed?.outline) return undefined;
  return {
    view: formAgain(pressed.outline, pressed.submission),
    problem: { sentence: wordsOf(answer.view), ...(answer.field !== undefined && { field: answer.field }) },
  };
};

const showCard = (card: Card): HttpAnswer =>
  ok({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card });

const showMessage = (view: View): HttpAnswer =>
  ok({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: wordsOf(view) });

const showError = (view: View): HttpAnswer =>
  ok({
    statusCode: 500,
    type: 'application/vnd.microsoft.error',
    value: { code: 'NothingSaved', message: wordsOf(view) },
  });

/** What waits now, what was just done said before it; it keeps its Undo. */
const homeAfter = (home: ListView, { text, buttons }: NoticeView): ListView => ({
  ...home,
  intro: [...spansOf(text), ...(home.intro ? ['\n', ...spansOf(home.intro)] : [])],
  buttons: [...(buttons ?? []), ...(home.buttons ?? [])],
});

/** A list that is a card follows what was pressed on it; what was done is said on its own, see `receive`. */
export const isBeside = ({ outcome, view, card }: Answer, { call }: Pressed): boolean =>
  call.on !== undefined && card !== undefined && outcome === 'done' && view.kind === 'notice';

const execute = (draw: Draw, answer: Answer, pressed: Pressed, home: Answer | undefined): HttpAnswer => {
  const { outcome, view, card } = answer;
  const again = refusedForm(answer, pressed);
  if (again) return showCard(draw(again.view, { surface: 'message', problem: again.problem }));
  if (outcome === 'failed') return showError(view);
  if (outcome === 'refused') return showMessage(view);
  if (card && isBeside(answer, pressed)) return showCard(draw(card));
  if (home?.outcome === 'done' && home.view.kind === 'list' && view.kind === 'notice')
    return showCard(draw(homeAfter(home.view, view), { surface: 'message', home: true }));
  // A submitted form gives way to what came of it, a notice to the next one; the card of a subject stays that card.
  if (view.kind === 'form' || pressed.outline || pressed.on === 'notice') return showCard(draw(view));
  if (view.kind !== 'notice') return pressed.on === undefined && card ? showMessage(view) : showCard(draw(view));
  return pressed.on === undefined && card ? showCard(draw(card)) : showMessage(view);
};

const titleOf = (view: View): string =>
  plainLine(view.kind === 'record' ? view.label : (view.title ?? 'Entente'), limits.label);

/** What is one line takes no card; what is there to be handed on does, so that it can be copied. */
const isShort = (view: View): boolean =>
  view.kind === 'notice' && !view.buttons?.length && !view.secret && !plain(view.text).includes('\n');

const openDialog = (draw: Draw, view: View, setting: Setting): HttpAnswer => {
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content: draw(view, setting) };
  return ok({ task: { type: 'continue', value: { title: titleOf(view), height: 'medium', width: 'medium', card } } });
};

/** Links take older cards only. */
const LINK_VERSION = '1.3';

/**
 * Never the record: Teams keeps what a link showed for half an hour, and shows it again in whatever conversation it is
 * pasted into next. Asking it not to is documented for other answers only.
 */
const showLink = (draw: Draw, shown: Unfurled | undefined): HttpAnswer => {
  const result = { type: 'result', attachmentLayout: 'list', cacheInfo: { cacheType: 'no_cache', cacheDuration: 0 } };
  if (!shown) return ok({ composeExtension: { ...result, attachments: [] } });
  const { door } = shown;
  const content = { ...draw(door), version: LINK_VERSION };
  const preview = {
    contentType: 'application/vnd.microsoft.card.thumbnail',
    content: { title: titleOf(door), text: wordsOf(door) },
  };
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content, preview };
  return ok({ composeExtension: { ...result, attachments: [attachment] } });
};

export const createAnswers = (draw: Draw, newId: () => string): Answers => ({
  execute: (answer, pressed, home) => execute(draw, answer, pressed, home),
  link: (shown) => showLink(draw, shown),
  dialog(answer, pressed) {
    const setting: Setting = { surface: 'dialog', once: newId() };
    const again = refusedForm(answer, pressed);
    if (again) return openDialog(draw, again.view, { ...setting, problem: again.problem });
    const { view } = answer;
    if (isShort(view)) return ok({ task: { type: 'message', value: wordsOf(view) } });
    return openDialog(draw, view, setting);
  },
});
