import { describe, expect, it } from '@jest/globals';
import { HttpMessages } from './http-messages.js';

const FIRST = 'HTTP/1.1 202 Accepted\r\nContent-Length: 5\r\n\r\nfirst';
const EMPTY = 'HTTP/1.1 204 No Content\r\n\r\n';
const LAST = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length:4\r\nx: y\r\n\r\nlast';

function read(chunks: readonly string[]): string[] {
  const found: string[] = [];
  const messages = new HttpMessages(({ head, body }) => found.push(`${head.slice(9, 12)} ${body.toString()}`));
  for (const chunk of chunks) messages.push(Buffer.from(chunk));
  return found;
}

describe('messages on a connection', () => {
  const whole = FIRST + EMPTY + LAST;
  const expected = ['202 first', '204 ', '503 last'];

  it('may come several in one piece', () => {
    expect(read([whole])).toEqual(expected);
  });
  it('may be cut at any place', () => {
    for (let cut = 1; cut < whole.length; cut += 1) expect(read([whole.slice(0, cut), whole.slice(cut)])).toEqual(expected);
  });
  it('may come byte by byte', () => {
    expect(read([...whole])).toEqual(expected);
  });
  it('are not told before they are whole', () => {
    expect(read([FIRST.slice(0, -1)])).toEqual([]);
  });
});
