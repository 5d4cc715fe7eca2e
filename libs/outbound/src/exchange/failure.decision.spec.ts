import { failureOf } from './failure.decision.js';

describe('a call that ended on its way', () => {
  it.each([
    ['timeout', 'timeout'], ['UND_ERR_HEADERS_TIMEOUT', 'timeout'], ['UND_ERR_BODY_TIMEOUT', 'timeout'], ['too-large', 'too-large'], ['UND_ERR_HEADERS_OVERFLOW', 'too-large'], ['cancelled', 'cancelled'], ['UND_ERR_DESTROYED', 'cancelled'],
    ['HPE_INVALID_CONSTANT', 'malformed'], ['HTTPParserError', 'malformed'], ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'malformed'], ['content-encoding', 'malformed'], ['UND_ERR_INVALID_ARG', 'unsendable'], ['UND_ERR_SOCKET', 'reset'],
    ['ECONNRESET', 'reset'], ['EPIPE', 'reset'], ['TypeError', 'reset'], ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls'],
  ] as const)('by %s is %s', (code, kind) => {
    expect(failureOf({ code, isSent: true, hasStatus: false }).kind).toBe(kind);
  });

  it.each([
    ['reset', { code: 'ECONNRESET', isSent: true, hasStatus: false }, 'unclear'], ['timeout', { code: 'timeout', isSent: true, hasStatus: false }, 'unclear'], ['before it was sent', { code: 'timeout', isSent: false, hasStatus: false }, 'no'],
    ['with a status', { code: 'ECONNRESET', isSent: true, hasStatus: true }, 'yes'], ['for our certificate', { code: 'ERR_SSL_X', isSent: true, hasStatus: false }, 'no'], ['for a header that is none', { code: 'UND_ERR_INVALID_ARG', isSent: true, hasStatus: false }, 'no'],
  ] as const)('says whether the server got the request: %s', (_what, facts, arrived) => {
    expect(failureOf(facts).arrived).toBe(arrived);
  });

  it('says it in a sentence, with the code where that is more than the kind', () => {
    expect(failureOf({ code: 'timeout', isSent: true, hasStatus: false }).detail).toBe('No whole answer came in time.');
    expect(failureOf({ code: 'ECONNRESET', isSent: true, hasStatus: false }).detail).toBe('The connection ended before the answer did (ECONNRESET).');
  });
});
