import { containsWords, equalsText, textsAt } from './payload-path.js';

const payload = { issue: { fields: { labels: ['Billing', 'vip'], project: { key: 'SUP' }, components: [{ name: 'CRM' }, { name: 'Mail' }], count: 7, isUrgent: true, empty: [], none: null, blank: ' ' } }, tags: 'login order' };

describe('a path into a payload', () => {
  it.each([
    ['issue.fields.project.key', ['SUP']],
    ['issue.fields.labels', ['Billing', 'vip']],
    ['issue.fields.labels.1', ['vip']],
    ['issue.fields.components.name', ['CRM', 'Mail']],
    ['issue.fields.components.0.name', ['CRM']],
    ['issue.fields.count', ['7']],
    ['issue.fields.isUrgent', ['true']],
    ['issue.fields.project', []],
    ['issue.fields.empty', []],
    ['issue.fields.none', []],
    ['issue.fields.blank', []],
    ['detail.tags|tags', ['login order']],
    ['tags | issue.fields.project.key', ['login order', 'SUP']],
    ['issue.fields.missing', undefined],
    ['issue.fields.labels.9', undefined],
    ['detail.tags', undefined],
    ['constructor.name', undefined],
    ['issue.__proto__', undefined],
  ])('%s leads to %j', (path, texts) => {
    expect(textsAt(payload, path)).toEqual(texts);
  });

  it.each([null, 'text', 7, [], undefined])('leads nowhere in %j', (other) => {
    expect(textsAt(other, 'a.b')).toBeUndefined();
  });
});

describe('a condition on texts', () => {
  it.each([
    [['Billing'], 'billing', true], [['new billing'], 'billing', false], [['a', 'BILLING '.trim()], ' billing ', true], [[], 'billing', false],
  ])('%j equals %s: %p', (texts, wanted, isTrue) => {
    expect(equalsText(texts, wanted)).toBe(isTrue);
  });

  it.each([
    [['vip', 'Billing'], 'billing', true],
    [['login order help'], 'order', true],
    [['reorder'], 'order', false],
    [['My invoice, please!'], 'invoice', true],
    [['No  second invoice'], 'second invoice', true],
    [['second'], 'second invoice', false],
    [['how_to change_address'], 'change_address', true],
    [['v1.2 is out'], 'v1.2', true],
    [[], 'x', false],
  ])('%j contains %s: %p', (texts, wanted, isTrue) => {
    expect(containsWords(texts, wanted)).toBe(isTrue);
  });
});
