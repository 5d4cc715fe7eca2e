import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';

type Decoder = (body: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const deflated = promisify(inflate) as Decoder;
const deflatedRaw = promisify(inflateRaw) as Decoder;
const gzipped = promisify(gunzip) as Decoder;
const ZLIB_METHOD = 8;

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', gzipped],
  ['x-gzip', gzipped],
  // Some servers send deflate without the zlib header that RFC 9110 section 8.4.1.2 asks for.
  ['deflate', (body, options) => (((body[0] ?? 0) & 0x0f) === ZLIB_METHOD ? deflated : deflatedRaw)(body, options)],
  ['br', promisify(brotliDecompress) as Decoder],
  ['zstd', promisify(zstdDecompress) as Decoder],
]);
const CODINGS_MAX = 3;

/** A body is too large once decoded, or not what `content-encoding` says. */
export class DecodeFailure extends Error {
  override readonly name = 'DecodeFailure';

  constructor(readonly code: 'too-large' | 'content-encoding') {
    super(code);
  }
}

/** The codings of a body in the order they were applied; none for a body that is as it is. */
export function codingsOf(header: string | readonly string[] | undefined): readonly string[] {
  const text = typeof header === 'string' ? header : (header?.join(',') ?? '');
  return text.toLowerCase().split(',').map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'identity');
}

/**
 * Never makes more than `bytesMax`, whatever the body claims to hold.
 * @throws DecodeFailure
 */
export async function decodeBody(body: Buffer, codings: readonly string[], bytesMax: number): Promise<Buffer> {
  if (codings.length > CODINGS_MAX) throw new DecodeFailure('content-encoding');
  let decoded = body;
  for (const coding of codings.toReversed()) {
    const decoder = DECODERS.get(coding);
    if (decoder === undefined) throw new DecodeFailure('content-encoding');
    decoded = await decoder(decoded, { maxOutputLength: bytesMax }).catch((error: unknown) => {
      throw new DecodeFailure((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'content-encoding');
    });
  }
  return decoded;
}
