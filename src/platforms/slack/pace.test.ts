import { describe, expect, it } from 'vitest';
import { DeliveryError } from '../../core/errors.js';
import { rates } from './limits.js';
import { createPace } from './pace.js';

const T = 'T01ACME';

const setUp = (paced = true) => {
  let at = 1_000_000;
  const pace = createPace(() => at, paced);
  const refusal = (take: () => void): DeliveryError | undefined => {
    try {
      take();
      return undefined;
    } catch (error) {
      return error as DeliveryError;
    }
  };
  return {
    pace,
    pass: (ms: number) => {
      at += ms;
    },
    post: (channel: string, workspace = T) => refusal(() => pace.take('chat.postMessage', workspace, channel)),
    update: (workspace = T) => refusal(() => pace.take('chat.update', workspace, 'C1')),
  };
};

describe('pacing', () => {
  it('lets one post a second into a channel and says when the next one fits', () => {
    const { post, pass } = setUp();
    expect(post('C1')).toBeUndefined();
    pass(400);
    expect(post('C1')).toMatchObject({ when: 'later', reason: 'slack:paced', throttled: true, afterMs: 650 });
    pass(650);
    expect(post('C1')).toBeUndefined();
  });

  it('holds no channel back for another one', () => {
    const { post } = setUp();
    expect(post('C1')).toBeUndefined();
    expect(post('C2')).toBeUndefined();
  });

  it('lets a workspace take a burst of updates, and no more than its tier in any minute', () => {
    const { update, pass } = setUp();
    const { calls, perMs } = rates['chat.update'].workspace;
    for (let made = 0; made < calls; made += 1) {
      expect(update()).toBeUndefined();
      pass(10);
    }
    expect(update()?.afterMs).toBe(perMs - calls * 10);
    expect(update('T77NOVA')).toBeUndefined();
    pass(perMs - calls * 10);
    expect(update()).toBeUndefined();
    expect(update()?.afterMs).toBe(10);
  });

  it('limits all posts of a workspace together', () => {
    const { post } = setUp();
    const { calls } = rates['chat.postMessage'].workspace;
    for (let made = 0; made < calls; made += 1) expect(post(`C${made}`)).toBeUndefined();
    expect(post('C-next')).toBeInstanceOf(DeliveryError);
  });

  it('spends nothing on a call that it refuses', () => {
    const { post, pass } = setUp();
    post('C1');
    for (let tries = 0; tries < 1_000; tries += 1) post('C1');
    pass(1_050);
    expect(post('C1')).toBeUndefined();
  });

  it('closes one method of one workspace for as long as Slack said', () => {
    const { pace, update, post, pass } = setUp();
    pace.close('chat.update', T, 30_000);
    expect(update()).toMatchObject({ reason: 'slack:ratelimited', throttled: true, afterMs: 30_000 });
    expect(post('C1')).toBeUndefined();
    expect(update('T77NOVA')).toBeUndefined();
    pass(30_000);
    expect(update()).toBeUndefined();
  });

  it('can be switched off, but for what Slack itself said', () => {
    const { pace, post, update } = setUp(false);
    for (let made = 0; made < 500; made += 1) expect(post('C1')).toBeUndefined();
    pace.close('chat.update', T, 5_000);
    expect(update()).toMatchObject({ reason: 'slack:ratelimited' });
  });

  it('forgets channels that have gone quiet', () => {
    const { post, pass } = setUp();
    for (let round = 0; round < 20; round += 1) {
      for (let made = 0; made < 200; made += 1) post(`C${round}-${made}`);
      pass(61_000);
    }
    expect(post('C0-0')).toBeUndefined();
  });
});

describe('places for those who have to wait', () => {
  it('are given out behind each other, and taken by whoever comes for theirs', () => {
    const { pace, pass, update } = setUp();
    const { calls, perMs } = rates['chat.update'].workspace;
    for (let made = 0; made < calls; made += 1) update();
    const waits = Array.from({ length: calls + 1 }, () => pace.wait('chat.update', T));
    expect(new Set(waits.slice(0, calls))).toEqual(new Set([perMs]));
    expect(waits.at(-1)).toBe(2 * perMs);
    pass(perMs);
    for (let made = 0; made < calls; made += 1) {
      expect(pace.wait('chat.update', T)).toBe(0);
      expect(update()).toBeUndefined();
    }
    expect(pace.wait('chat.update', T)).toBe(perMs);
  });

  it('are not needed while calls fit', () => {
    const { pace, post } = setUp();
    expect(pace.wait('chat.postMessage', T, 'C1')).toBe(0);
    post('C1');
    expect(pace.wait('chat.postMessage', T, 'C1')).toBe(1_050);
    expect(pace.wait('chat.postMessage', T, 'C2')).toBe(0);
  });

  it('are told to nobody where nothing is paced, but for what Slack itself has said', () => {
    const { pace } = setUp(false);
    expect(pace.wait('chat.update', T)).toBe(0);
    pace.close('chat.update', T, 3_000);
    expect(pace.wait('chat.update', T)).toBe(3_000);
  });
});
