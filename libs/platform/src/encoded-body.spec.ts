import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { decodedBody } from './encoded-body.js';
import type { Problem } from './problem.js';

const TEXT = Buffer.from('{"subject":"The export stays empty"}');
const codeOf = (decoding: Promise<Buffer>): Promise<string> => decoding.then(() => 'decoded', ({ status, code }: Problem) => `${status} ${code}`);

describe('the body of a request with a Content-Encoding', () => {
  it.each<[string, Buffer]>([
    ['gzip', gzipSync(TEXT)], ['x-gzip', gzipSync(TEXT)], [' GZip ', gzipSync(TEXT)], ['deflate', deflateSync(TEXT)], ['deflate', deflateRawSync(TEXT)], ['br', brotliCompressSync(TEXT)], ['identity', TEXT], ['', TEXT],
  ])('is decoded from %j', async (encoding, body) => {
    expect((await decodedBody(body, encoding, 1_000)).toString()).toBe(TEXT.toString());
  });

  it('may be as long as the limit, and no longer', async () => {
    const body = gzipSync(Buffer.alloc(1_000));
    expect([await codeOf(decodedBody(body, 'gzip', 1_000)), await codeOf(decodedBody(body, 'gzip', 999))]).toEqual(['decoded', '413 body-too-large']);
  });

  it.each([['gzip', gzipSync(TEXT).subarray(0, -9)], ['br', TEXT], ['deflate', TEXT], ['gzip', Buffer.alloc(0)]])('is refused where it is no %s', async (encoding, body) => {
    expect(await codeOf(decodedBody(body, encoding, 1_000))).toBe('400 invalid-encoding');
  });

  it.each(['zstd', 'gzip, br', 'constructor', 'compress'])('is refused with %s', async (encoding) => {
    expect(await codeOf(decodedBody(TEXT, encoding, 1_000))).toBe('415 unsupported-encoding');
  });
});
