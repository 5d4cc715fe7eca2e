import { questionFrom } from './explain-question.js';

describe('a question to routing', () => {
  it('is made of flags, with ids of the directory', () => {
    expect(questionFrom({}, { area: 'payment', severity: 'B', asker: 'customer', offer: 'contoso-crm', customer: 'woodgrove', subscription: 'woodgrove-crm', cloud: 'public', at: '2026-11-01T09:00:00.000Z' })).toEqual({
      ticket: { area: 'payment', severity: 'B', asker: 'customer', cloud: 'public', at: '2026-11-01T09:00:00.000Z' },
      offer: 'contoso-crm', customerId: 'woodgrove', subscription: 'woodgrove-crm',
    });
  });

  it('takes a file as it is, and lays flags over it', () => {
    const file = { ticket: { area: 'payment', severity: 'C' }, offer: { id: 'x' }, agreements: [] };
    expect(questionFrom(file, {})).toEqual(file);
    expect(questionFrom(file, { severity: 'A' })).toEqual({ ...file, ticket: { area: 'payment', severity: 'A' } });
  });

  it('is no question when nothing is given', () => {
    expect(questionFrom({}, {})).toBeNull();
  });
});
