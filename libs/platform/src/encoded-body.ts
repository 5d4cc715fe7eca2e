import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { Problem } from './problem.js';

type Decoder = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const gzip = promisify(gunzip) as Decoder;
const zlib = promisify(inflate) as Decoder;
const bare = promisify(inflateRaw) as Decoder;

/** Content codings of RFC 9110 that a body may have. `deflate` is a zlib stream; some senders leave its head out. */
const DECODERS: Readonly<Record<string, Decoder>> = {
  gzip, 'x-gzip': gzip, br: promisify(brotliDecompress) as Decoder,
  deflate: (bytes, options) => (hasZlibHead(bytes) ? zlib : bare)(bytes, options),
};

/**
 * The body without its coding. It stops as soon as more than `bytesMax` come out, whatever would still come: a bomb takes no
 * more memory than a body that is allowed.
 * @throws Problem 413 `body-too-large`, 400 `invalid-encoding`, 415 `unsupported-encoding`.
 */
export async function decodedBody(body: Buffer, encoding: string, bytesMax: number): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || name === '') return body;
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (decode === undefined) throw new Problem(415, 'unsupported-encoding', `The Content-Encoding '${encoding.slice(0, 64)}' is not supported; send one of gzip, deflate and br, or none.`);
  try {
    return await decode(body, { maxOutputLength: bytesMax });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new Problem(413, 'body-too-large', `The body is larger than the ${bytesMax} bytes that this service takes, once it is decoded.`);
    throw new Problem(400, 'invalid-encoding', `The body is not what its Content-Encoding says: it cannot be decoded as ${name}.`, { cause: error });
  }
}

/** RFC 1950: method 8, and a check over both bytes. */
function hasZlibHead([first = 0, second = 0]: Buffer): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
