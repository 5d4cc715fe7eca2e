import { createRequire } from 'node:module';
import { Compressor } from './compressor.js';
import { encodeProduce, type Encoded, isCompressed, isOurs, type ProduceRequest, recordsOf } from './produce-request.js';

interface Protocol {
  readonly request: { readonly apiVersion: number; encode(): Promise<unknown> };
}

/** The part of kafkajs's private table of produce requests that is exchanged. */
interface ProduceDefinitions {
  protocol(options: { version: number }): (request: ProduceRequest) => Protocol;
}

/** Since then a request carries record batches, which is the format that we write. */
const VERSION_MIN = 3;

/** One for the process: it has one thread at most. */
const compressor = new Compressor();

async function encoded(request: ProduceRequest): Promise<Encoded> {
  const records = recordsOf(request);
  return encodeProduce(request, isCompressed(request) ? await compressor.compress(records) : records, Date.now());
}

/** Lets kafkajs send what we encoded; everything else about a request stays its own. Where it asks for what we do not write, it writes it itself. */
export function useOwnProduceEncoding(): void {
  const definitions = loadProduceDefinitions();
  const theirs = definitions.protocol.bind(definitions);
  definitions.protocol = ({ version }) => (request) => {
    const protocol = theirs({ version })(request);
    if (version < VERSION_MIN || !isOurs(request)) return protocol;
    return { ...protocol, request: { ...protocol.request, encode: () => encoded(request) } };
  };
}

export function loadProduceDefinitions(): ProduceDefinitions {
  return createRequire(import.meta.url)('kafkajs/src/protocol/requests/produce/index.js') as ProduceDefinitions;
}
