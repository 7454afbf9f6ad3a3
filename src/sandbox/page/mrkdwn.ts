/** Slack's own markup, read as Slack reads it: only what stands unescaped in `<...>` is a mention, a link or a date. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly text: string }
  | { readonly kind: 'person' | 'channel' | 'group' | 'broadcast'; readonly id: string; readonly label: string }
  | { readonly kind: 'date'; readonly seconds: number; readonly format: string; readonly fallback: string };

export type Paragraph =
  | { readonly kind: 'text' | 'quote'; readonly children: readonly Inline[] }
  | { readonly kind: 'pre'; readonly text: string };

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const;
type Mark = keyof typeof MARKS;

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
const BARE_LINK = /https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"*_~]/y;
const WORD = /[\p{L}\p{N}]/u;

/** Slack escapes exactly these three, so these three alone are undone, once. */
export const unescaped = (text: string): string => text.replace(/&(?:lt|gt|amp);/g, (it) => ENTITIES[it] ?? it);

/** `verbatim`: the sender asked Slack not to look for links that are not marked as such. */
export function parseMrkdwn(source: string, verbatim = false): readonly Paragraph[] {
  return source
    .split(/(```[\s\S]+?```)/)
    .filter((part) => part !== '')
    .flatMap((part) =>
      part.length > 6 && part.startsWith('```') && part.endsWith('```')
        ? [{ kind: 'pre' as const, text: unescaped(part.slice(3, -3)).replace(/^\n|\n$/g, '') }]
        : paragraphs(part, verbatim),
    );
}

function paragraphs(source: string, verbatim: boolean): readonly Paragraph[] {
  const runs: { kind: 'text' | 'quote'; lines: string[] }[] = [];
  for (const line of source.split('\n')) {
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(line);
    const kind = quoted ? 'quote' : 'text';
    const text = quoted?.[1] ?? line;
    const last = runs.at(-1);
    if (last?.kind === kind) last.lines.push(text);
    else runs.push({ kind, lines: [text] });
  }
  return runs
    .map(({ kind, lines }) => ({ kind, children: parseInline(lines.join('\n'), verbatim) }))
    .filter(({ children }) => children.length > 0);
}

export function parseInline(source: string, verbatim = false): readonly Inline[] {
  const found: Inline[] = [];
  let plain = '';
  let at = 0;
  const flush = () => {
    if (plain !== '') found.push({ kind: 'text', text: unescaped(plain) });
    plain = '';
  };
  while (at < source.length) {
    const hit = spanAt(source, at, verbatim);
    if (hit === undefined) {
      plain += source[at];
      at += 1;
      continue;
    }
    flush();
    found.push(hit.inline);
    at = hit.end;
  }
  flush();
  return found;
}

interface Hit {
  readonly inline: Inline;
  readonly end: number;
}

function spanAt(source: string, at: number, verbatim: boolean): Hit | undefined {
  const char = source[at];
  if (char === '<') return controlAt(source, at);
  if (char === '`') return codeAt(source, at);
  if (char === 'h') return verbatim ? undefined : bareLinkAt(source, at);
  if (char === '*' || char === '_' || char === '~') return markedAt(source, at, char, verbatim);
  return undefined;
}

function codeAt(source: string, at: number): Hit | undefined {
  const code = /`([^`\n]+)`/y;
  code.lastIndex = at;
  const match = code.exec(source);
  if (match?.[1] === undefined) return undefined;
  return { inline: { kind: 'code', text: unescaped(match[1]) }, end: code.lastIndex };
}

function bareLinkAt(source: string, at: number): Hit | undefined {
  if (at > 0 && WORD.test(source[at - 1] ?? '')) return undefined;
  BARE_LINK.lastIndex = at;
  const match = BARE_LINK.exec(source);
  if (match === null) return undefined;
  const href = unescaped(match[0]);
  return { inline: { kind: 'link', href, text: href }, end: at + match[0].length };
}

function markedAt(source: string, at: number, mark: Mark, verbatim: boolean): Hit | undefined {
  const next = source[at + 1];
  const before = source[at - 1];
  if (next === undefined || next === mark || /\s/.test(next)) return undefined;
  if (before !== undefined && (WORD.test(before) || before === mark)) return undefined;
  const close = closingMark(source, at + 1, mark);
  if (close === -1) return undefined;
  const children = parseInline(source.slice(at + 1, close), verbatim);
  return { inline: { kind: MARKS[mark], children }, end: close + 1 };
}

function closingMark(source: string, from: number, mark: Mark): number {
  for (let at = from; at < source.length && source[at] !== '\n'; at += 1) {
    if (source[at] === '<') at = Math.max(at, source.indexOf('>', at));
    if (source[at] !== mark || /\s/.test(source[at - 1] ?? ' ')) continue;
    const after = source[at + 1];
    if (after === undefined || !(WORD.test(after) || after === mark)) return at;
  }
  return -1;
}

function controlAt(source: string, at: number): Hit | undefined {
  const end = source.indexOf('>', at);
  if (end === -1) return undefined;
  const inline = control(source.slice(at + 1, end));
  return inline && { inline, end: end + 1 };
}

function control(inside: string): Inline | undefined {
  const bar = inside.indexOf('|');
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? '' : unescaped(inside.slice(bar + 1));
  if (/^@[UW]\w+$/.test(target)) return { kind: 'person', id: target.slice(1), label };
  if (/^#C\w+$/.test(target)) return { kind: 'channel', id: target.slice(1), label };
  if (target.startsWith('!subteam^')) return { kind: 'group', id: target.slice(9), label };
  if (/^!(?:here|channel|everyone)$/.test(target)) return { kind: 'broadcast', id: target.slice(1), label };
  const date = /^!date\^(\d+)\^([^^]+)(?:\^.*)?$/.exec(target);
  if (date) return { kind: 'date', seconds: Number(date[1]), format: date[2] ?? '', fallback: label };
  if (/^(?:https?:|mailto:)/i.test(target)) {
    const href = unescaped(target);
    return { kind: 'link', href, text: label || href };
  }
  return undefined;
}
