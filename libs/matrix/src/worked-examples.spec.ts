import {
  anAgreement,
  codesOf,
  decisionOn,
  directBill,
  microsoft,
  ofReseller,
  thePartner,
  theProvider,
  thePublisher,
  theReseller,
} from './question.builder.js';

describe('the worked examples', () => {
  it('a reseller to whom the agreement gives billing answers why the invoice doubled, and reaches Microsoft through its provider', () => {
    const decision = decisionOn('customer-billing', {
      subscription: ofReseller,
      agreements: [anAgreement([{ area: 'customer-billing', assignedTo: 'reseller' }])],
    });
    expect(decision).toMatchObject({
      responsible: theReseller,
      firstContact: theReseller,
      escalation: [theProvider, microsoft],
      handsOver: null,
      informed: [],
      queue: 'partner/5200',
      row: 'customer-billing',
    });
    expect(codesOf(decision)).toEqual(expect.arrayContaining(['agreement-entry', 'escalated-through']));
  });

  it('without an agreement the provider answers, and the reseller is told to ask it', () => {
    const decision = decisionOn('customer-billing', { subscription: ofReseller });
    expect(decision).toMatchObject({
      responsible: theProvider,
      firstContact: theProvider,
      escalation: [microsoft],
      informed: [theReseller],
      queue: 'partner/4100',
    });
    expect(codesOf(decision)).toContain('no-agreement-in-force');
  });

  it('a customer who cannot sign in is sent to the publisher’s support site, and its partner is informed', () => {
    const decision = decisionOn('break-fix', { subscription: directBill, preferences: { partnerFirst: false } });
    expect(decision).toMatchObject({
      responsible: thePublisher,
      firstContact: thePublisher,
      informed: [thePartner],
      reachedBy: 'customer-support',
      queue: 'isv/northwind',
    });
    expect(decision.contacts).toEqual([
      { kind: 'customer-support', party: thePublisher, fields: ['url'], for: 'customer' },
    ]);
  });

  it('a reseller whose provisioning fails hears from its provider, which hands it to Microsoft', () => {
    const decision = decisionOn('azure-deployment', { asker: 'indirect-reseller', subscription: ofReseller });
    expect(decision).toMatchObject({
      responsible: microsoft,
      firstContact: theProvider,
      handsOver: theProvider,
      escalation: [thePublisher],
      queue: 'partner/4100',
    });
    expect(codesOf(decision)).toEqual(expect.arrayContaining(['asked-by-reseller', 'handed-over-by']));
  });

  it('a publisher that asks about its payout asks Microsoft itself', () => {
    const decision = decisionOn('account-support', { asker: 'isv-publisher', subscription: null });
    expect(decision).toMatchObject({
      responsible: microsoft,
      firstContact: microsoft,
      handsOver: null,
      queue: 'microsoft/account-support',
    });
  });

  it('a break-fix during an open outage joins it: the publisher gets no second page, the partner is told', () => {
    const decision = decisionOn('break-fix', {
      openHealthNotices: [
        { id: 'outage-7', offerId: 'payroll-suite', startedAt: '2026-05-04T08:00:00Z', endedAt: null },
      ],
    });
    expect(decision).toMatchObject({
      responsible: thePublisher,
      attachedTo: 'outage-7',
      informed: [thePartner],
      queue: 'isv/northwind',
    });
    expect(codesOf(decision)).toContain('attached-to-outage');
  });
});
