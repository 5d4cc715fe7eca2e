import { customerSoldBy } from './customer-partner.decision.js';
import type { Customer, SoldBy } from './directory.js';

const AT = '2026-11-02T08:00:00Z';
const adatum: SoldBy = { model: 'direct-bill', partnerId: '3001' };
const fabrikam: SoldBy = { model: 'indirect', providerId: '1001', resellerId: '2002' };
const litware: SoldBy = { model: 'indirect', providerId: '1001', resellerId: '2003' };
const customer = (rest: Partial<Customer>): Customer => ({ id: 'woodgrove', name: 'Woodgrove Bank', ...rest });
const from = (partnerId: string | null) => ({ at: AT, partnerId });

describe('the partner of a customer that has several', () => {
  it.each<[string, Partial<Customer>, string | null, SoldBy | undefined]>([
    ['is the one whose system told of the ticket', { soldBy: adatum, relationships: [{ soldBy: fabrikam }] }, '2002', fabrikam],
    ['is the provider\'s sale where the provider told of it', { soldBy: adatum, relationships: [{ soldBy: fabrikam }] }, '1001', fabrikam],
    ['is the main one for everybody else', { soldBy: adatum, relationships: [{ soldBy: fabrikam }] }, null, adatum],
    ['is the only one, though it is not called the main one', { relationships: [{ soldBy: fabrikam }] }, null, fabrikam],
    ['stays open among several', { relationships: [{ soldBy: fabrikam }, { soldBy: litware }] }, null, undefined],
    ['is the one that serves it at that time', { relationships: [{ soldBy: fabrikam, to: '2026-11-01' }, { soldBy: litware, from: '2026-11-01' }] }, null, litware],
    ['is nobody where nobody is named', {}, '2002', undefined],
  ])('%s', (_what, rest, partnerId, expected) => {
    expect(customerSoldBy(customer(rest), from(partnerId))).toEqual(expected);
  });
});
