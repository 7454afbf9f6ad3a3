import { expect, test } from 'vitest';
import { DeliveryError } from '../../core/errors.js';
import { createPace } from './pace.js';

const tenant = 'nova';

const startAt = (at: number) => {
  const clock = { at };
  return { clock, pace: createPace(() => clock.at) };
};

const refusal = (take: () => void): DeliveryError | undefined => {
  try {
    take();
    return undefined;
  } catch (error) {
    if (error instanceof DeliveryError) return error;
    throw error;
  }
};

test('lets seven calls a second into a conversation and says when the eighth may go', () => {
  const { clock, pace } = startAt(1_000_000);
  for (let call = 0; call < 7; call += 1) {
    pace.take(tenant, 'jsc');
    clock.at += 10;
  }
  const error = refusal(() => pace.take(tenant, 'jsc'));
  expect(error).toMatchObject({ when: 'later', reason: 'teams:paced', throttled: true, afterMs: 930 });
  clock.at += 930;
  expect(refusal(() => pace.take(tenant, 'jsc'))).toBeUndefined();
});

test('does not count a call that it refused', () => {
  const { clock, pace } = startAt(0);
  for (let call = 0; call < 7; call += 1) pace.take(tenant, 'jsc');
  for (let call = 0; call < 50; call += 1) refusal(() => pace.take(tenant, 'jsc'));
  clock.at = 1_000;
  expect(refusal(() => pace.take(tenant, 'jsc'))).toBeUndefined();
  expect(refusal(() => pace.take(tenant, 'jsc'))?.afterMs).toBe(1_000);
});

test('keeps to sixty calls in half a minute and 1,800 in an hour', () => {
  const { clock, pace } = startAt(0);
  const paceFor = (ms: number): number => {
    let taken = 0;
    for (const end = clock.at + ms; clock.at < end; clock.at += 250)
      if (!refusal(() => pace.take(tenant, 'jsc'))) taken += 1;
    return taken;
  };
  expect(paceFor(30_000)).toBe(60);
  expect(paceFor(3_570_000)).toBe(1_740);
});

test('paces one conversation without delaying another', () => {
  const { pace } = startAt(0);
  for (let call = 0; call < 7; call += 1) pace.take(tenant, 'jsc');
  expect(refusal(() => pace.take(tenant, 'jsc'))).toBeDefined();
  expect(refusal(() => pace.take(tenant, 'finance'))).toBeUndefined();
});

test('lets fifty calls a second into a tenant', () => {
  const { pace } = startAt(0);
  for (let call = 0; call < 50; call += 1) pace.take(tenant, `channel-${call}`);
  expect(refusal(() => pace.take(tenant, 'one-more'))?.afterMs).toBe(1_000);
  expect(refusal(() => pace.take('acme', 'one-more'))).toBeUndefined();
});

test('counts a call that somebody waits for without refusing it', () => {
  const { pace } = startAt(0);
  for (let call = 0; call < 20; call += 1) pace.note(tenant, 'jsc');
  expect(refusal(() => pace.take(tenant, 'jsc'))?.throttled).toBe(true);
});

test('holds a conversation for as long as Teams asked', () => {
  const { clock, pace } = startAt(0);
  pace.hold(tenant, 'jsc', 5_000);
  expect(refusal(() => pace.take(tenant, 'jsc'))?.afterMs).toBe(5_000);
  clock.at = 5_000;
  expect(refusal(() => pace.take(tenant, 'jsc'))).toBeUndefined();
});

test('forgets idle conversations and keeps busy ones', () => {
  const { clock, pace } = startAt(0);
  for (let call = 0; call < 6_000; call += 1) {
    clock.at += 25;
    pace.take(tenant, `old-${call}`);
  }
  clock.at += 3_600_000;
  for (let call = 0; call < 7; call += 1) pace.take(tenant, 'jsc');
  for (let call = 0; call < 40; call += 1) pace.take(tenant, `new-${call}`);
  expect(refusal(() => pace.take(tenant, 'jsc'))?.throttled).toBe(true);
});
