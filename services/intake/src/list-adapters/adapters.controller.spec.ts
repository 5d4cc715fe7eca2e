import { ADAPTERS } from '../adapters/adapters.js';
import { documentOf } from './adapters.controller.js';

describe('what is said of the kinds of ticketing systems', () => {
  it.each(ADAPTERS.map((adapter) => [adapter.name, adapter] as const))('%s: names its settings as a schema of JSON', (_name, adapter) => {
    const document = documentOf(adapter);
    expect(document.settings).toMatchObject({ type: 'object', additionalProperties: false });
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it('has how a source signs in, and whether it can be polled', () => {
    const autotask = ADAPTERS.find(({ name }) => name === 'autotask');
    expect(autotask === undefined ? null : documentOf(autotask)).toMatchObject({
      hasSecret: true, canBeTested: true, api: { auth: ['headers'], canBePolled: true, headers: { required: ['UserName', 'Secret', 'ApiIntegrationCode'] } },
    });
    const standard = ADAPTERS.find(({ name }) => name === 'standard-webhooks');
    expect(standard === undefined ? null : documentOf(standard)).toMatchObject({ api: null });
  });
});
