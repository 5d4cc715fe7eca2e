import { foreignCallReason } from './own-page.decision.js';

const ORIGIN = 'http://127.0.0.1:8080';
const own = { 'sec-fetch-site': 'same-origin', 'x-handoff-console': '1', 'content-type': 'application/json', 'content-length': '2' };
const reasonOf = (method: string, headers: Record<string, string | undefined>) => foreignCallReason({ method, headers, origin: ORIGIN });

describe('a call with a session', () => {
  it.each([
    ['GET', {}],
    ['GET', { 'sec-fetch-site': 'same-origin' }],
    ['GET', { 'sec-fetch-site': 'none' }],
    ['POST', own],
    ['POST', { ...own, 'content-type': 'application/json; charset=utf-8' }],
    ['DELETE', { 'sec-fetch-site': 'same-origin', 'x-handoff-console': '1' }],
    ['POST', { ...own, 'sec-fetch-site': undefined, origin: ORIGIN }],
  ])('is of our page: %s %j', (method, headers) => {
    expect(reasonOf(method, headers)).toBeNull();
  });

  it.each([
    ['GET', { 'sec-fetch-site': 'cross-site' }, 'another site'],
    ['GET', { 'sec-fetch-site': 'same-site' }, 'another site'],
    ['POST', { ...own, 'sec-fetch-site': 'none' }, 'another site'],
    ['POST', { ...own, 'sec-fetch-site': 'cross-site' }, 'another site'],
    ['POST', { ...own, 'sec-fetch-site': undefined }, 'Origin'],
    ['POST', { ...own, 'sec-fetch-site': undefined, origin: 'null' }, 'Origin'],
    ['POST', { ...own, 'sec-fetch-site': undefined, origin: `${ORIGIN}.example` }, 'Origin'],
    ['DELETE', { 'sec-fetch-site': 'same-origin' }, 'x-handoff-console'],
    ['POST', { ...own, 'content-type': 'text/plain' }, 'application/json'],
    ['POST', { ...own, 'content-type': undefined }, 'application/json'],
    ['POST', { ...own, 'content-type': 'application/jsonp' }, 'application/json'],
    ['POST', { ...own, 'content-type': 'text/plain', 'content-length': undefined, 'transfer-encoding': 'chunked' }, 'application/json'],
  ])('is of another: %s %j', (method, headers, reason) => {
    expect(reasonOf(method, headers)).toContain(reason);
  });
});
