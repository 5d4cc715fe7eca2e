import type { Recipient } from '@handoff/contracts';
import { mailBodyOf } from '../channels/mail/mail-body.decision.js';
import { noteOf } from '../channels/ticketing/ticketing-text.decision.js';
import { payloadOf } from '../channels/webhook/webhook.payload.js';
import { aDelivery, aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import { messageOf } from './content.decision.js';
import { NEW_SERVICE_REQUEST_URL } from './service-request.decision.js';

type Overrides = Parameters<typeof aRoutedEvent>[0];
const partner: Partial<Recipient> = { purpose: 'hand-over', party: { role: 'indirect-provider', partyId: '1001' }, destination: 'partner/1001', partyName: 'Northwind' };
const tell = (overrides: Overrides = {}, recipient: Partial<Recipient> = partner) => messageOf(aDelivery(aRoutedEvent({ recipients: [aRecipient(recipient)], ...overrides })));

describe('the prepared service request', () => {
  it('has what Partner Center asks for, and the ids by which Microsoft finds the sale', () => {
    const ticket = { area: 'commerce-transaction', severity: 'A', subject: 'The order\nfails', description: 'Error 500.', customerId: 'wingtip', subscriptionId: 'sub-7', offerId: 'contoso-crm' } as const;
    expect(tell({ ticket }).serviceRequest).toEqual({
      workspace: 'Customers', problemType: 'commerce transaction', severity: 'critical', title: 'The order fails', url: NEW_SERVICE_REQUEST_URL,
      description: 'Error 500.\n\nCustomer: wingtip\nSubscription: sub-7\nOffer: contoso-crm\nNumber: SUP-12 in jira-demo',
    });
  });

  it.each([['A', 'critical'], ['B', 'moderate'], ['C', 'minimal'], [null, null]] as const)('gives the severity %s as %s', (severity, word) => {
    expect(tell({ ticket: { severity } }).serviceRequest?.severity).toBe(word);
  });

  it.each([['partner-billing', 'Billing'], ['offer-management', 'Marketplace offers'], ['account-support', 'Account settings'], ['azure-deployment', 'Customers']] as const)('finds the workspace of %s', (area, workspace) => {
    expect(tell({ ticket: { area } }).serviceRequest?.workspace).toBe(workspace);
  });

  it('is described by the row of the decision where nobody named an area', () => {
    expect(tell({ ticket: { area: null }, decision: { row: 'late-fees' } }).serviceRequest?.problemType).toBe('late fees');
  });

  it('is for who hands over, as long as the ticket is open', () => {
    expect(tell({}, { ...partner, purpose: 'act' }).serviceRequest).toBeNull();
    expect(tell({}, { ...partner, purpose: 'inform' }).serviceRequest).toBeNull();
    expect(tell({ change: 'closed', previousQueue: 'microsoft/commerce' }).serviceRequest).toBeNull();
  });

  it('stands in every form of the message, and the text of the ticket only there', () => {
    const message = tell({ ticket: { description: 'Error 500 <b>' } });
    const { text, html } = mailBodyOf(message);
    expect(text).toContain(NEW_SERVICE_REQUEST_URL);
    expect(text.match(/Error 500/g)).toHaveLength(1);
    expect(html).toContain(`href="${NEW_SERVICE_REQUEST_URL}"`);
    expect(html).toContain('Error 500 &lt;b&gt;');
    expect(JSON.parse(payloadOf(message))).toMatchObject({ data: { serviceRequest: { severity: 'moderate', url: NEW_SERVICE_REQUEST_URL } } });
    expect(noteOf(message, { installation: 'northwind', channelId: 'c' }).body).toContain(NEW_SERVICE_REQUEST_URL);
  });

  it('is worded in the language of the contact, and linked the same', () => {
    const { serviceRequest, toDo } = tell({}, { ...partner, language: 'tr' });
    expect(serviceRequest).toMatchObject({ url: NEW_SERVICE_REQUEST_URL, description: expect.stringContaining('Numara: SUP-12') as string });
    expect(toDo.join(' ')).toContain('hizmet talebi');
  });
});

describe('a ticket whose service request was opened', () => {
  const told = (cause: string, status: 'open' | 'attention-needed' | 'closed' | null, recipient: Partial<Recipient> = partner) =>
    tell({ change: 'updated', cause, previousQueue: aRoutedEvent().data.decision.queue, ticket: { serviceRequest: { number: '2611020040001234', status } } }, recipient);

  it.each([
    ['service-request-opened', null, 'A service request was opened with Microsoft: 2611020040001234.', 'Follow the service request 2611020040001234 in Partner Center.'],
    ['service-request-changed', 'attention-needed', 'Microsoft waits for an answer in the service request 2611020040001234.', 'Open the service request 2611020040001234 in Partner Center and answer Microsoft.'],
    ['service-request-changed', 'open', 'Microsoft works on the service request 2611020040001234 again.', 'Follow the service request 2611020040001234 in Partner Center.'],
    ['service-request-changed', 'closed', 'Microsoft has closed the service request 2611020040001234.', 'See whether the ticket SUP-12 in jira-demo is solved, and answer there; if it is not, open the service request again.'],
  ] as const)('after %s (%s) is told as that', (cause, status, headline, step) => {
    const message = told(cause, status);
    expect([message.headline, message.toDo.at(-1)]).toEqual([headline, step]);
    expect(message.serviceRequest).toBeNull();
    expect(mailBodyOf(message).text).toContain('Service request at Microsoft: 2611020040001234');
  });

  it('tells its number to CSP partners who are only informed, and to no publisher', () => {
    expect(told('classified', 'open', { ...partner, purpose: 'inform' }).ticket.serviceRequest).toEqual({ number: '2611020040001234', status: 'open' });
    expect(told('classified', 'open', { purpose: 'inform' }).ticket.serviceRequest).toBeNull();
  });

  it('tells a publisher who is only informed that it changed, and not its number', () => {
    const message = told('service-request-changed', 'closed', { purpose: 'inform' });
    expect(JSON.stringify(message)).not.toContain('2611020040001234');
  });
});
