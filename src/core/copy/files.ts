/* The files of a copy: what each is called and how its bytes come to be. */
import type { Audience } from '../context.js';
import type { PartnerId } from '../ids.js';
import { readCopied } from './contents.js';
import { csvOf } from './csv.js';
import { docxOf } from './docx.js';
import { jsonLinesOf } from './jsonl.js';
import { dumpAll, type Source } from './pages.js';

export const formats = ['docx', 'csv', 'jsonl'] as const;
export type Format = (typeof formats)[number];

export const typeOf: Readonly<Record<Format, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  csv: 'text/csv',
  jsonl: 'application/jsonl',
};

/** Small pieces are put together: a file is written in fewer, larger ones. */
const PIECE = 64 * 1_024;

async function* encoded(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let kept: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    kept.push(piece);
    length += piece.length;
    if (length < PIECE) continue;
    yield Buffer.from(kept.join(''));
    kept = [];
    length = 0;
  }
  if (kept.length > 0) yield Buffer.from(kept.join(''));
}

/** Everything that this company may see: what all share, and its own; never another's. */
export async function* writeCopy(
  source: Source,
  format: Format,
  audience: Audience,
  own: PartnerId,
): AsyncGenerator<Uint8Array> {
  const copied = await readCopied(source, audience, own);
  switch (format) {
    case 'csv':
      return yield* encoded(csvOf(dumpAll(source, { audience })));
    case 'jsonl':
      return yield* encoded(jsonLinesOf(source, copied));
    case 'docx':
      return yield* docxOf(source, copied);
    default:
      return format satisfies never;
  }
}
