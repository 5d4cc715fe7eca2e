import { problemOf } from './adapter.contract.js';
import { readJson, readWrittenJson } from './json-body.js';
import { aRequest } from './webhook.samples.js';

const read = (body: string): unknown => readWrittenJson(aRequest({ rawBody: Buffer.from(body) }))[0];

describe('a body that a customer wrote around placeholders', () => {
  it.each([
    ['{"subject":"plain"}', { subject: 'plain' }],
    ['{"text":"first\nsecond\tthird\r\n"}', { text: 'first\nsecond\tthird\r\n' }],
    ['{\n "a": "x",\n "b": [1, 2,\n ],\n}', { a: 'x', b: [1, 2] }],
    ['{"a": , "b":\n}', { a: null, b: null }],
    ['{"a": "stays: , and ,} too\n", }', { a: 'stays: , and ,} too\n' }],
    ['{"text":"an \\"escaped\\" quote\n", "next": 1,}', { text: 'an "escaped" quote\n', next: 1 }],
  ])('%j is read', (body, payload) => {
    expect(read(body)).toEqual(payload);
  });

  it.each(['{"text":"a "quote" inside"}', '{"text": unquoted}', '{', '', '"', `${'['.repeat(70)}\n,${']'.repeat(70)}`])('%j is refused as any other', (body) => {
    expect(problemOf(() => read(body))?.code).toMatch(/^(invalid-json|field-invalid)$/);
  });

  it('is read strictly where nothing is wrong with it', () => {
    const request = aRequest({ rawBody: Buffer.from('{"text":"commas ,} and ,] stay"}') });
    expect(readWrittenJson(request)).toEqual(readJson(request));
  });
});
