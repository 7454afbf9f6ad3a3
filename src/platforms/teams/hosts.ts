/*
 * Where Entente sends its token and its cards. An activity names its own service URL, so without this whoever gets one
 * accepted could have them sent anywhere.
 */

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** `trafficmanager.net` itself gives names to anybody, so only Microsoft's own one counts. */
const microsoft =
  /^(smba\.trafficmanager\.net|([\w-]+\.)+(botframework\.com|botframework\.azure\.us|teams\.microsoft\.(com|us)))$/;

/** Teams' global entry, for tenants that have not told theirs yet. */
export const globalServiceUrl = 'https://smba.trafficmanager.net/teams/';

export type Trust = (serviceUrl: string) => boolean;

const urlOf = (serviceUrl: string): URL | undefined => {
  const url = URL.canParse(serviceUrl) ? new URL(serviceUrl) : undefined;
  return url && url.username === '' && url.password === '' ? url : undefined;
};

export const trustsMicrosoft: Trust = (serviceUrl) => {
  const url = urlOf(serviceUrl);
  return url?.protocol === 'https:' && url.port === '' && microsoft.test(url.hostname);
};

/** Where Teams keeps people's files; other addresses that an answer may name get nothing. */
const sharePoint = /^[\w-]+(\.[\w-]+)*\.sharepoint\.(com|us)$/;

export const trustsSharePoint: Trust = (address) => {
  const url = urlOf(address);
  return url?.protocol === 'https:' && url.port === '' && sharePoint.test(url.hostname);
};

/** For the sandbox, the Agents Playground and tests: nothing leaves this machine. */
export const trustsLoopback: Trust = (serviceUrl) => {
  const url = urlOf(serviceUrl);
  return /^https?:$/.test(url?.protocol ?? '') && loopback.test(url?.hostname ?? '');
};

/** True for the address of a caller on this machine. */
export const isLoopbackAddress = (address: string | undefined): boolean =>
  /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(address ?? '');
