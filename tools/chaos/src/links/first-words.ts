import { type Service, SERVICES } from '../plan/fault.js';

/** Who speaks on a connection, by what it says first; `null`: nobody that faults are meant for, as the one who starts the services. */
export type WhoSpeaks = (firstBytes: Buffer) => Service | null;

const KAFKA_CLIENT_ID_AT = 12;

/** A request to Kafka begins with size, API key, version and correlation id, and then names the client, as `routing-4711`. https://kafka.apache.org/protocol#protocol_messages */
export const whoSpeaksKafka: WhoSpeaks = (bytes) => {
  if (bytes.length < KAFKA_CLIENT_ID_AT + 2) return null;
  const length = bytes.readInt16BE(KAFKA_CLIENT_ID_AT);
  const clientId = bytes.toString('utf8', KAFKA_CLIENT_ID_AT + 2, KAFKA_CLIENT_ID_AT + 2 + Math.max(0, length));
  return SERVICES.find((service) => clientId.startsWith(`${service}-`)) ?? null;
};

/** A connection to PostgreSQL begins with size and version, and then pairs of texts, each ended by a zero. https://www.postgresql.org/docs/current/protocol-message-formats.html */
export const whoSpeaksPostgres: WhoSpeaks = (bytes) => {
  const words = bytes.toString('utf8', 8).split('\0');
  const user = words[words.indexOf('user') + 1];
  return SERVICES.find((service) => service === user) ?? null;
};
