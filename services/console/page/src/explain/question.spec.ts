import { questionOf } from './question.decision.js';

const form = (fields: Readonly<Record<string, string>>) => ({ get: (name: string) => fields[name] ?? null });

describe('a question to the rules', () => {
  it('has what was filled in, and leaves out what was not', () => {
    expect(questionOf(form({ area: 'payment', asker: 'customer', severity: 'A', offer: ' contoso-crm ', customer: 'woodgrove' }))).toEqual({ ticket: { area: 'payment', asker: 'customer', severity: 'A' }, offer: 'contoso-crm', customerId: 'woodgrove' });
    expect(questionOf(form({ area: 'payment', asker: 'customer', severity: '', offer: ' ', customer: '' }))).toEqual({ ticket: { area: 'payment', asker: 'customer' } });
  });
});
