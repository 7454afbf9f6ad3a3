/*
 * Loaded into Entente's process before anything else: names every host outside this machine that it tries to reach, and ends
 * it with the test that started it.
 */
import { Socket } from 'node:net';

const inside = /^(localhost|127(\.\d+){3}|::1)$/;

const hostOf = ([first, second]) => {
  const target = Array.isArray(first) ? first[0] : first;
  if (typeof target === 'object' && target !== null) return target.host ?? 'localhost';
  return typeof second === 'string' ? second : 'localhost';
};

const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...target) {
  const host = hostOf(target);
  if (!inside.test(host)) process.send?.({ outside: host });
  return connect.apply(this, target);
};

process.once('disconnect', () => process.exit(1));
