import type { SourceChange } from '../sources/source.js';
import { serviceNowAdapter } from '../adapters/servicenow/servicenow.adapter.js';
import { standardWebhooksAdapter } from '../adapters/standard-webhooks/standard-webhooks.adapter.js';
import { withPolling } from './polling.decision.js';

const api = { baseUrl: 'https://adatum.service-now.example', auth: 'basic' } as const;

describe('how often a source is polled', () => {
  it.each<[string, SourceChange, { api: typeof api | null } | null, number | null | undefined]>([
    ['every five minutes once it has access', { api }, null, 300],
    ['and where it gets access later', { api }, { api: null }, 300],
    ['as before where its access changes', { api }, { api }, undefined],
    ['not at all where it says so', { api, reconcileEverySeconds: null }, null, null],
    ['as it says', { api, reconcileEverySeconds: 60 }, null, 60],
    ['not at all without access', { api: null }, { api }, null],
    ['as before where nothing is said of its access', { ownActors: [] }, { api }, undefined],
  ])('%s', (_how, change, former, expected) => {
    expect(withPolling(change, former, serviceNowAdapter).reconcileEverySeconds).toBe(expected);
  });

  it('is not said where its system cannot be asked', () => {
    expect(withPolling({ api }, null, standardWebhooksAdapter)).toEqual({ api });
  });
});
