/* Files that Entente sends to people. */

/** A file that somebody can open. */
export interface SharedFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly url: string;
}

/** What Teams asks somebody about before it takes it. */
export interface AskedFile {
  readonly name: string;
  readonly size: number;
  /** Come back with the answer as they were. */
  readonly contexts: { readonly accept: unknown; readonly decline: unknown };
}
