import { channelBodyOf, sourceBodyOf } from './new-entry.decision.js';

describe('a source or channel that is made on the page', () => {
  it('is sent as it was written, without what was left empty', () => {
    expect(sourceBodyOf([['source', ' desk '], ['adapter', 'zendesk'], ['sourceParty', '']])).toEqual({ source: 'desk', adapter: 'zendesk' });
  });

  it('has its credentials and settings as JSON, and says which of them is none', () => {
    expect(channelBodyOf([['destination', 'isv/contoso'], ['kind', 'ticketing'], ['credentials', '{"token": "t"}'], ['settings', '']])).toEqual({ destination: 'isv/contoso', kind: 'ticketing', credentials: { token: 't' } });
    expect(() => channelBodyOf([['credentials', 'token']])).toThrow(/^credentials: /);
  });
});
