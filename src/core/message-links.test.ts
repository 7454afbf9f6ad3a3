import { describe, expect, it } from 'vitest';
import { addressOf } from './message-links.js';

const same = (...links: readonly string[]) => new Set(links.map(addressOf)).size === 1;

describe('the address of a message', () => {
  it('is the same for a Slack message, in its thread and in its channel, and by either name of its workspace', () => {
    const link = 'https://acme.slack.com/archives/C01JSC/p1766325600000200';
    expect(same(link, `${link}?thread_ts=1766325600.000100&cid=C01JSC`, link.replace('acme', 'acme.enterprise'))).toBe(
      true,
    );
  });

  it('is the same for a Teams message, however the client encodes it and whatever it adds', () => {
    const bare = 'https://teams.microsoft.com/l/message/19:jsc@thread.tacv2/1795391000000';
    const encoded = 'https://teams.microsoft.com/l/message/19%3Ajsc%40thread.tacv2/1795391000000';
    const full = `${encoded}?tenantId=1&groupId=2&parentMessageId=3&teamName=JSC&createdTime=4`;
    expect(same(bare, encoded, full, bare.replace('teams.microsoft.com', 'teams.cloud.microsoft'))).toBe(true);
    expect(same(bare, encoded.replace('tacv2/', 'tacv2%3Bmessageid%3D1795391000000/'))).toBe(true);
  });

  it('differs for other messages, other channels and other hosts that look alike', () => {
    const link = 'https://acme.slack.com/archives/C01JSC/p1766325600000200';
    expect(same(link, link.replace('0200', '0201'))).toBe(false);
    expect(same(link, link.replace('C01JSC', 'C02JSC'))).toBe(false);
    expect(same(link, link.replace('slack.com', 'slack.com.example'))).toBe(false);
    expect(same(link, link.replace('acme.slack.com', 'evilslack.com'))).toBe(false);
  });

  it('leaves other addresses as they are, and what is no address', () => {
    expect(addressOf('https://wiki.example/page?id=3#top')).toBe('https://wiki.example/page?id=3');
    expect(addressOf('no link')).toBe('no link');
    expect(addressOf('https://teams.microsoft.com/l/message/19%ZZ/17')).toContain('19%ZZ');
  });
});
