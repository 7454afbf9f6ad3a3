/*
 * What must not be readable in the database: sealed with AES-256-GCM under a key derived from the one secret that
 * whoever runs Entente keeps. Each key has an id, so that a new secret can be put beside the old one for a while.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

export interface Sealed {
  readonly keyId: string;
  /** Nonce, tag and text in base64url. */
  readonly box: string;
}

export interface Vault {
  /** The key that seals now. */
  readonly keyId: string;
  /** `about` must be the same when it is opened: a box moved to another row does not open. */
  seal(text: string, about: string): Sealed;
  /** @throws VaultError when it was sealed with a key that is not known, for something else, or was changed */
  open(sealed: Sealed, about: string): string;
  /** 32 bytes that only this secret gives for this purpose. */
  derive(purpose: string): Uint8Array;
}

export class VaultError extends Error {
  constructor(readonly reason: 'unknown-key' | 'broken') {
    super(reason === 'unknown-key' ? 'sealed with a key that is not known' : 'does not open');
    this.name = 'VaultError';
  }
}

const NONCE = 12;
const TAG = 16;

const derived = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'entente', purpose, 32));

const keyOf = (secret: string) => {
  const key = derived(secret, 'seal');
  return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 12) };
};

/** `older` secrets only open. */
export const createVault = (secret: string, older: readonly string[] = []): Vault => {
  const present = keyOf(secret);
  const keys = new Map([present, ...older.map(keyOf)].reverse().map(({ id, key }) => [id, key]));
  return {
    keyId: present.id,
    seal: (text, about) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', present.key, nonce).setAAD(Buffer.from(about));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return { keyId: present.id, box: Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url') };
    },
    open: ({ keyId, box }, about) => {
      const key = keys.get(keyId);
      if (!key) throw new VaultError('unknown-key');
      const bytes = Buffer.from(box, 'base64url');
      try {
        // Without the length a tag cut to four bytes would do.
        const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG });
        cipher.setAAD(Buffer.from(about));
        cipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
        return Buffer.concat([cipher.update(bytes.subarray(NONCE + TAG)), cipher.final()]).toString('utf8');
      } catch {
        throw new VaultError('broken');
      }
    },
    derive: (purpose) => derived(secret, `derive ${purpose}`),
  };
};
