import { whoSpeaksKafka, whoSpeaksPostgres } from './first-words.js';
import { ProduceRequests } from './produce-requests.js';

/** A request to Kafka, with so many bytes after its header. */
function request(apiKey: number, clientId: string, bodyBytes: number): Buffer {
  const head = Buffer.alloc(14);
  head.writeInt32BE(10 + clientId.length + bodyBytes, 0);
  head.writeInt16BE(apiKey, 4);
  head.writeInt16BE(clientId.length, 12);
  return Buffer.concat([head, Buffer.from(clientId), Buffer.alloc(bodyBytes)]);
}

describe('who speaks', () => {
  it('to Kafka is told by the client id of the first request', () => {
    expect(whoSpeaksKafka(request(18, 'routing-4711', 5))).toBe('routing');
    expect(whoSpeaksKafka(request(18, 'handoff-start', 5))).toBeNull();
    expect(whoSpeaksKafka(Buffer.from('GET /'))).toBeNull();
  });

  it('to PostgreSQL is told by the user of the start of the session', () => {
    const start = (user: string): Buffer => Buffer.concat([Buffer.alloc(8), Buffer.from(`user\0${user}\0database\0handoff\0\0`)]);
    expect(whoSpeaksPostgres(start('notifier'))).toBe('notifier');
    expect(whoSpeaksPostgres(start('postgres'))).toBeNull();
  });
});

describe('requests to write', () => {
  it('are found wherever the pieces of the connection are cut', () => {
    const bytes = Buffer.concat([request(3, 'a', 40), request(0, 'a', 300), request(1, 'a', 20)]);
    for (const size of [1, 2, 3, 5, 7, 64, 1_000]) {
      const requests = new ProduceRequests();
      let begun = 0;
      for (let at = 0; at < bytes.length; at += size) if (requests.beginsIn(bytes.subarray(at, at + size))) begun += 1;
      expect(begun).toBe(1);
      expect(requests.isLatest).toBe(false);
    }
  });

  it('are told apart from what only looks like one in the middle of another', () => {
    const requests = new ProduceRequests();
    expect(requests.beginsIn(request(1, 'a', 500))).toBe(false);
    expect(requests.beginsIn(request(0, 'a', 5))).toBe(true);
    expect(requests.isLatest).toBe(true);
  });
});
