import { type Config, ConfigError } from './config.js';

/**
 * What keeps Entente from starting, in words for whoever starts it. An operator's mistake is said in a sentence; the way
 * it came helps only with our own.
 */
export const complaintOf = (error: unknown, config?: Config): string => {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigError) return error.message;
  if ('code' in error && error.code === 'EADDRINUSE')
    return `Entente cannot start. Port ${config?.port} is taken: stop what uses it, or set PORT to another one.`;
  if ('syscall' in error && ['listen', 'getaddrinfo'].includes(String(error.syscall)))
    return `Entente cannot start. It may not listen there (${'code' in error ? error.code : ''}): check HOST and PORT.`;
  return `Entente cannot start. ${error.constructor === Error ? error.message : error.stack}`;
};
