import { createRequire } from 'node:module';
import { encodeProduce, isOurs, type ProduceRequest } from './produce-request.js';

interface Protocol {
  readonly request: { readonly apiVersion: number; encode(): Promise<unknown> };
}

/** The part of kafkajs's private table of produce requests that is exchanged. */
interface ProduceDefinitions {
  protocol(options: { version: number }): (request: ProduceRequest) => Protocol;
}

/** Since then a request carries record batches, which is the format that we write. */
const VERSION_MIN = 3;

/** Lets kafkajs send what we encoded; everything else about a request stays its own. Where it asks for what we do not write, it writes it itself. */
export function useOwnProduceEncoding(): void {
  const definitions = loadProduceDefinitions();
  const theirs = definitions.protocol.bind(definitions);
  definitions.protocol = ({ version }) => (request) => {
    const protocol = theirs({ version })(request);
    if (version < VERSION_MIN || !isOurs(request)) return protocol;
    return { ...protocol, request: { ...protocol.request, encode: () => Promise.resolve(encodeProduce(request, Date.now())) } };
  };
}

export function loadProduceDefinitions(): ProduceDefinitions {
  return createRequire(import.meta.url)('kafkajs/src/protocol/requests/produce/index.js') as ProduceDefinitions;
}
