import { describe, expect, it } from 'vitest';
import { anybody } from '../core/permission.js';
import { features } from './index.js';
import { permissions } from './permissions.js';

const offered = features.flatMap((feature) => [
  ...(feature.commands ?? []).map((command) => ({ key: command.name, open: command.visit !== undefined })),
  ...(feature.interactions ?? []).map((one) => ({ key: one.id, open: one.visit !== undefined })),
]);

describe('the table of permissions', () => {
  it('has a line for each word and each button', () => {
    expect(offered.map(({ key }) => key).filter((key) => !(key in permissions))).toEqual([]);
  });

  it('has no line for what nobody offers', () => {
    const keys = new Set<string>(offered.map(({ key }) => key));
    expect(Object.keys(permissions).filter((key) => !keys.has(key))).toEqual([]);
  });

  it('says "anybody" of exactly those that take people from outside of every alliance', () => {
    const open = offered.filter((one) => one.open).map(({ key }) => key);
    expect(Object.keys(permissions).filter((key) => permissions[key] === anybody)).toEqual(
      expect.arrayContaining(open),
    );
    expect(open).toEqual(
      expect.arrayContaining(Object.keys(permissions).filter((key) => permissions[key] === anybody)),
    );
  });

  it('names each word once among all features', () => {
    const keys = offered.map(({ key }) => key);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
