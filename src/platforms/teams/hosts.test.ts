import { expect, test } from 'vitest';
import { globalServiceUrl, isLoopbackAddress, trustsLoopback, trustsMicrosoft } from './hosts.js';

test.each([
  globalServiceUrl,
  'https://smba.trafficmanager.net/emea/',
  'https://smba.infra.gcc.teams.microsoft.com/teams',
  'https://europe.api.botframework.com',
])("sends to Microsoft's %s", (url) => {
  expect(trustsMicrosoft(url)).toBe(true);
});

test.each([
  'http://smba.trafficmanager.net/emea/',
  'https://evil.trafficmanager.net/',
  'https://smba.trafficmanager.net.evil.example/',
  'https://smba.trafficmanager.net:8443/',
  'https://smba.trafficmanager.net@evil.example/',
  'https://user:pw@smba.trafficmanager.net/',
  'https://evilbotframework.com/',
  'https://botframework.com.evil.example/',
  'http://127.0.0.1:4100/',
  'https://169.254.169.254/',
  'file:///etc/passwd',
  'nonsense',
  '',
])('does not send to %s', (url) => {
  expect(trustsMicrosoft(url)).toBe(false);
});

test('without Azure, sends to this machine and nowhere else', () => {
  const here = ['http://127.0.0.1:4100/', 'http://localhost:56150/_connector', 'http://[::1]:80'];
  const elsewhere = [
    globalServiceUrl,
    'http://10.0.0.1/',
    'http://127.0.0.1.evil.example/',
    'http://localhost.evil/',
    'ftp://127.0.0.1/',
  ];
  expect(here.map(trustsLoopback)).toEqual([true, true, true]);
  expect(elsewhere.map(trustsLoopback)).toEqual([false, false, false, false, false]);
});

test('knows a caller on this machine', () => {
  expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map(isLoopbackAddress)).toEqual([true, true, true]);
  expect(['10.0.0.1', '::ffff:10.0.0.1', '', undefined].map(isLoopbackAddress)).toEqual([false, false, false, false]);
});
