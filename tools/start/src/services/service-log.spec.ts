import { briefly, isError } from './service-log.js';

describe('what of a service’s log reaches the terminal', () => {
  it.each([
    ['{"level":50,"msg":"the database is gone"}', true],
    ['{"level":"fatal","msg":"out of memory"}', true],
    ['{"level":30,"msg":"listening"}', false],
    ['an ordinary line', false],
  ])('takes %s for an error: %s', (line, expected) => {
    expect(isError(line)).toBe(expected);
  });

  it('is the message and its cause, without the rest of the JSON', () => {
    const line = '{"level":50,"msg":"cannot drain the spool","err":{"message":"connection refused","stack":"…"}}';
    expect(briefly(line)).toBe('cannot drain the spool: connection refused');
  });

  it('is cut when it is long', () => {
    expect(briefly('x'.repeat(500))).toBe(`${'x'.repeat(200)}…`);
  });
});
