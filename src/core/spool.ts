/*
 * A file on its way to somebody: platforms want to know how long it is before its first byte. It lies in a folder that
 * only Entente's user reads, and is gone as soon as it is sent or the sending failed.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadyFile } from './platform.js';

/** Writes the bytes down, calls `work` with them, and takes them away again. @throws whatever either of them throws */
export const withFile = async <T>(
  bytes: AsyncIterable<Uint8Array>,
  work: (file: ReadyFile) => Promise<T>,
): Promise<T> => {
  // Made with mode 0700.
  const folder = await mkdtemp(join(tmpdir(), 'entente-'));
  try {
    const path = join(folder, 'file');
    await pipeline(Readable.from(bytes), createWriteStream(path, { mode: 0o600 }));
    const { size } = await stat(path);
    return await work({
      size,
      read: (part) => createReadStream(path, part && { start: part.from, end: part.until - 1 }),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
