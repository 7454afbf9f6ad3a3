import { describe, expect, it } from 'vitest';
import { createVault, type VaultError } from './vault.js';

const first = 'first '.repeat(8);
const second = 'second '.repeat(8);

const reasonOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    return (error as VaultError).reason;
  }
  return undefined;
};

describe('the vault', () => {
  it('opens what it has sealed, also after a restart with the same secret', () => {
    const sealed = createVault(first).seal('xoxb-1', 'slack/T01');
    expect(createVault(first).open(sealed, 'slack/T01')).toBe('xoxb-1');
  });

  it('seals the same words differently each time, and never readably', () => {
    const vault = createVault(first);
    const boxes = [vault.seal('xoxb-1', 'a'), vault.seal('xoxb-1', 'a')];
    expect(boxes[0]?.box).not.toBe(boxes[1]?.box);
    expect(Buffer.from(boxes[0]?.box ?? '', 'base64url').toString('latin1')).not.toContain('xoxb');
  });

  it('opens a box only for the row that it was sealed for', () => {
    const vault = createVault(first);
    const sealed = vault.seal('xoxb-1', 'slack/T01');
    expect(reasonOf(() => vault.open(sealed, 'slack/T02'))).toBe('broken');
  });

  it('opens nothing that was changed by a single bit, or cut', () => {
    const vault = createVault(first);
    const { keyId, box } = vault.seal('xoxb-1', 'a');
    const bytes = Buffer.from(box, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8((bytes.at(at) ?? 0) ^ 1, at);
      expect(reasonOf(() => vault.open({ keyId, box: changed.toString('base64url') }, 'a'))).toBe('broken');
      const cut = bytes.subarray(0, at).toString('base64url');
      expect(reasonOf(() => vault.open({ keyId, box: cut }, 'a'))).toBe('broken');
    }
  });

  it('opens with an older secret what that one has sealed, and seals with the present one', () => {
    const before = createVault(first).seal('xoxb-1', 'a');
    const vault = createVault(second, [first]);
    expect(vault.open(before, 'a')).toBe('xoxb-1');
    expect(vault.seal('xoxb-1', 'a').keyId).toBe(createVault(second).keyId);
    expect(createVault(second, [second]).keyId).toBe(createVault(second).keyId);
  });

  it('says that it does not know the key, once the older secret is gone', () => {
    const before = createVault(first).seal('xoxb-1', 'a');
    expect(reasonOf(() => createVault(second).open(before, 'a'))).toBe('unknown-key');
  });

  it('derives the same bytes from the same secret and purpose, and none of them for another', () => {
    const derive = (secret: string, purpose: string) =>
      Buffer.from(createVault(secret).derive(purpose)).toString('hex');
    expect(derive(first, 'state')).toHaveLength(64);
    expect(derive(first, 'state')).toBe(derive(first, 'state'));
    expect(new Set([derive(first, 'state'), derive(first, 'codes'), derive(second, 'state')]).size).toBe(3);
  });
});
