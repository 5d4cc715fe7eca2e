import type { Change } from '@handoff/contracts';
import { aJiraComment, aJiraIssue, aJiraWebhook } from '../adapters/jira-service-management/jira.samples.js';
import { type FactsAnswer, type FactsQuestion, mapFacts } from './map-facts.decision.js';
import { EMPTY_MAPPING, type Mapping } from './mapping.js';

const mapping: Mapping = {
  ...EMPTY_MAPPING,
  defaults: { area: 'break-fix', asker: 'customer', offerId: 'contoso-crm', customerId: 'wingtip' },
  rules: [
    { field: 'issue.fields.labels', contains: 'billing', set: { area: 'customer-billing' } },
    { field: 'issue.fields.labels', oneOf: ['payment', 'refund'], set: { area: 'payment' } },
    { field: 'issue.fields.labels', contains: 'proseware', set: { customerId: 'proseware' } },
  ],
};

function map(question: Partial<FactsQuestion> = {}): FactsAnswer {
  return mapFacts({ payload: aJiraWebhook(), change: 'created', mapping, told: {}, tells: new Set(['severity']), ...question });
}

const labelled = (...labels: string[]): object => aJiraWebhook({ issue: aJiraIssue({ labels }) });

describe('the facts of a new ticket', () => {
  it('are none where nothing is told: the defaults of the source travel beside them', () => {
    expect(map().facts).toEqual({});
  });

  it('are changed by a rule that fits, whatever the case of the label', () => {
    expect(map({ payload: labelled('BILLING') }).facts.area).toBe('customer-billing');
  });

  it('are changed by the later of two rules that fit, and by both where they set different facts', () => {
    expect(map({ payload: labelled('refund', 'billing', 'proseware') }).facts).toMatchObject({ area: 'payment', customerId: 'proseware' });
  });

  it('are taken from a field that the mapping names; a rule wins over it', () => {
    const fields = { offerId: 'issue.fields.customfield_10050.value', customerId: 'issue.fields.reporter.displayName' };
    const payload = aJiraWebhook({ issue: aJiraIssue({ labels: ['proseware'], customfield_10050: { value: 'contoso-vm' } }) });
    expect(map({ payload, mapping: { ...mapping, fields } }).facts).toMatchObject({ offerId: 'contoso-vm', customerId: 'proseware' });
  });

  it('have a word that we know where a field says it in another case, and report one that we do not know', () => {
    const fields = { severity: 'issue.fields.customfield_1', area: 'issue.fields.customfield_2' } as const;
    const payload = aJiraWebhook({ issue: aJiraIssue({ customfield_1: 'a', customfield_2: 'Billing & co' }) });
    expect(map({ payload, mapping: { ...mapping, fields } })).toEqual({ facts: { severity: 'A' }, unusable: [{ fact: 'area', path: 'issue.fields.customfield_2' }] });
  });

  it('are what a rule says rather than what the adapter read', () => {
    const severe: Mapping = { ...mapping, rules: [{ field: 'issue.fields.labels', contains: 'vip', set: { severity: 'A' } }] };
    expect(map({ mapping: severe, told: { severity: 'B' } }).facts.severity).toBe('B');
    expect(map({ mapping: severe, told: { severity: 'B' }, payload: labelled('vip') }).facts.severity).toBe('A');
  });
});

describe('the area of a ticket', () => {
  const byRules = (...rules: Mapping['rules']): Mapping => ({ ...EMPTY_MAPPING, rules });

  it.each([
    ['a label of Jira', { field: 'issue.fields.labels', oneOf: ['rechnung', 'invoice'] }, aJiraWebhook({ issue: aJiraIssue({ labels: ['Rechnung', 'vip'] }) })],
    ['a component of Jira', { field: 'issue.fields.components.name', equals: 'Billing' }, aJiraWebhook({ issue: aJiraIssue({ components: [{ name: 'CRM' }, { name: 'Billing' }] }) })],
    ['a request type of Jira Service Management', { field: 'issue.fields.customfield_10010.requestType.name', equals: 'Question about an invoice' }, aJiraWebhook({ issue: aJiraIssue({ customfield_10010: { requestType: { id: '7', name: 'Question about an invoice' } } }) })],
    ['a custom field with one choice', { field: 'issue.fields.customfield_10060.value', equals: 'Fatura' }, aJiraWebhook({ issue: aJiraIssue({ customfield_10060: { id: '1', value: 'Fatura' } }) })],
    ['a custom field with several choices', { field: 'issue.fields.customfield_10061.value', oneOf: ['請求', 'Fatura'] }, aJiraWebhook({ issue: aJiraIssue({ customfield_10061: [{ value: 'CRM' }, { value: '請求' }] }) })],
    ['a tag of Zendesk', { field: 'detail.tags|tags', contains: 'billing_question' }, { detail: { tags: ['vip', 'billing_question'] } }],
    ['tags in one text', { field: 'detail.tags|tags', contains: 'billing_question' }, { tags: 'vip billing_question' }],
    ['a custom field of Zendesk', { field: 'detail.custom_fields.value', equals: 'cat_billing' }, { detail: { custom_fields: [{ id: 360, value: 'emea' }, { id: 361, value: 'cat_billing' }] } }],
  ])('follows from %s by a rule, and then it is the mapping that said it', (_what, condition, payload) => {
    expect(map({ payload, mapping: byRules({ ...condition, set: { area: 'customer-billing' } }) })).toMatchObject({ facts: { area: 'customer-billing' }, areaBasis: 'mapping' });
  });

  it('is said by the source itself where its payload has one of our words', () => {
    const payload = aJiraWebhook({ issue: aJiraIssue({ customfield_10060: { value: 'break-fix' } }) });
    expect(map({ payload, mapping: { ...EMPTY_MAPPING, fields: { area: 'issue.fields.customfield_10060.value' } } })).toMatchObject({ facts: { area: 'break-fix' }, areaBasis: 'source' });
    expect(map({ mapping: EMPTY_MAPPING, told: { area: 'payment' }, tells: new Set(['area']) })).toMatchObject({ facts: { area: 'payment' }, areaBasis: 'source' });
  });

  it('is said by nobody where there is none', () => {
    expect(map({ mapping: EMPTY_MAPPING })).not.toHaveProperty('areaBasis');
  });
});

describe.each<Change>(['updated', 'commented', 'closed'])('the facts of a ticket that was %s', (change) => {
  it('have what a rule says, where the payload has all that the rules ask for', () => {
    expect(map({ change, payload: labelled('billing') }).facts.area).toBe('customer-billing');
  });

  it('leave out what a later rule might change but cannot see: a comment has no labels', () => {
    const rules = [{ field: 'issue.fields.project.key', equals: 'SUP', set: { area: 'user-support' as const } }, ...mapping.rules];
    expect(map({ change, payload: aJiraComment(), mapping: { ...mapping, rules } }).facts).toEqual({});
    expect(map({ change, payload: aJiraWebhook(), mapping: { ...mapping, rules } }).facts.area).toBe('user-support');
  });

  it('keep the last word of a rule that sees its place, though an earlier one does not', () => {
    const rules = [...mapping.rules, { field: 'issue.fields.project.key', equals: 'SUP', set: { area: 'user-support' as const } }];
    expect(map({ change, payload: aJiraComment(), mapping: { ...mapping, rules } }).facts.area).toBe('user-support');
  });
});
