import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DeliveryError } from './core/errors.js';
import { createLog } from './log.js';

const memory = () => {
  const lines: string[] = [];
  return { lines, to: { write: (line: string) => void lines.push(line) } };
};
const written = (say: (log: ReturnType<typeof createLog>) => void): string => {
  const { lines, to } = memory();
  say(createLog('info', { to }));
  return lines.join('');
};

describe('createLog', () => {
  it('writes one JSON object per line, with the time and the level in words', () => {
    const line = JSON.parse(written((log) => log.info({ call: 'c1' }, 'answered')));
    expect(line).toMatchObject({ level: 'info', msg: 'answered', call: 'c1' });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('is silent below its level', () => {
    expect(written((log) => log.debug('nothing'))).toBe('');
  });

  it('hides secrets and what people wrote, by name and at any depth that is used', () => {
    const said = written((log) =>
      log.info({ token: 'tok-1', slack: { botToken: 'tok-2', app: { password: 'tok-3' } }, call: { text: 'Meet' } }),
    );
    expect(said).not.toMatch(/tok-|Meet/);
    expect(said).toContain('[hidden]');
  });

  it('hides tokens wherever they stand', () => {
    const said = written((log) => log.warn({ header: 'Bearer abc.def' }, 'sent xoxb-12-34-ab to xapp-1-A-b'));
    expect(said).not.toMatch(/abc\.def|12-34|1-A/);
  });

  it('writes for a terminal on request', () => {
    const { lines, to } = memory();
    createLog('info', { pretty: true, to }).info({ port: 3000 }, 'started');
    expect(lines.join('')).toMatch(/^\d\d:\d\d:\d\d info {2}started port=3000\n$/);
  });
});

describe('errors in the log', () => {
  const failed = new DrizzleQueryError('insert ...', ['what people wrote'], new Error('what people wrote'));

  it.each([
    ['a failed query', failed],
    ['a failed parse', new SyntaxError('Unexpected token in what people wrote')],
    ['one that looks like a stack', new Error('what\nat people:1:1 wrote\nat people')],
    ['a wrapped one', new Error('what people wrote', { cause: failed })],
  ])('keep where it happened and no words of people: %s', (_what, error) => {
    for (const said of [written((log) => log.error({ err: error })), written((log) => log.error(error, 'failed'))]) {
      expect(said).not.toContain('people');
      expect(JSON.parse(said)).toMatchObject({ msg: 'failed', err: { type: error.name } });
      expect(JSON.parse(said).err.stack[0]).toContain('log.test.ts');
    }
    expect(written((log) => log.error(error))).not.toContain('people');
  });

  it('keep the codes', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    });
    const said = JSON.parse(
      written((log) => log.error({ err: new DeliveryError('later', 'slack:500', { cause: refused }) })),
    );
    expect(said.err).toMatchObject({ code: 'slack:500', cause: { code: 'ECONNREFUSED', message: refused.message } });
    expect(written((log) => log.warn({ error: 'slack:500' }))).toContain('"error":"slack:500"');
    const { error } = z.object({ user: z.object({ id: z.string() }) }).safeParse({ user: {} });
    expect(JSON.parse(written((log) => log.error({ err: error }))).err.issues).toEqual(['user.id: invalid_type']);
  });
});
