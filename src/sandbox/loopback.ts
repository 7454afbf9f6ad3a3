import type { RequestHandler } from 'express';

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);
const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

const hostname = (host: string | undefined): string => {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return '';
  }
};

/**
 * Lets only this machine drive the sandbox, and no web page but its own: a rebound DNS name arrives with a foreign Host,
 * a form posted from elsewhere with a foreign Origin.
 */
export const loopbackOnly: RequestHandler = (req, res, next) => {
  const { host, origin } = req.headers;
  const near = LOOPBACK_ADDRESSES.has(req.socket.remoteAddress ?? '') && LOOPBACK_HOSTS.has(hostname(host));
  if (near && (origin === undefined || origin === `http://${host}`)) next();
  else res.status(403).json({ error: 'Only a page of this sandbox, on this machine, may do that.' });
};
