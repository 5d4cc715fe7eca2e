import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FILE_BYTES_MAX } from './import.js';
import { UnreadableFile } from './formats/format.js';

/** More bytes than an import may have, after decompression. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/**
 * The bytes of an uploaded file, decompressed where it is gzip.
 * @throws FileTooLarge past `bytesMax`; UnreadableFile where the compression is broken.
 */
export async function* importBytes(chunks: AsyncIterable<Buffer>, isGzip: boolean, bytesMax = FILE_BYTES_MAX): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of isGzip ? inflated(chunks) : chunks) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new FileTooLarge(`The file has more than ${bytesMax} bytes. Split it, and import its parts one after the other.`);
    yield chunk;
  }
}

async function* inflated(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  // Errors of both reach the loop through the second.
  pipeline(Readable.from(chunks, { objectMode: false }), gunzip, () => undefined);
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw new UnreadableFile(`The file is not gzip as its Content-Encoding says: ${(error as Error).message}.`, 0);
    throw error;
  }
}
