import { compile } from './compile.js';
import { DEFAULT_MATRIX } from './default-matrix.js';
import type { Finding } from './findings.js';
import { lintMatrix } from './lint.js';
import type { KnownIds } from './lint-references.js';
import type { Conditions, Matrix, Outcome, Row } from './matrix.js';

const houseRule: Row = {
  id: 'house-rule',
  stage: 'asker',
  when: { area: ['training'] },
  then: { firstContact: 'csp-partner' },
  code: 'matrix-row',
  text: 'Agreed in the house.',
  basis: 'default',
  source: 'House rule 7',
};
/** The place of the first row that a test adds. */
const own = DEFAULT_MATRIX.rows.length;
const withRows = (...rows: Partial<Row>[]): Matrix => ({
  version: 'draft',
  rows: [...DEFAULT_MATRIX.rows, ...rows.map((row) => ({ ...houseRule, ...row }))],
});
const without = (id: string, ...rows: Partial<Row>[]): Matrix => ({
  version: 'draft',
  rows: [...DEFAULT_MATRIX.rows.filter((row) => row.id !== id), ...rows.map((row) => ({ ...houseRule, ...row }))],
});
const wrong = (value: unknown) => value as never;
const useOneOfThose = 'Use one of those.';
const officeHours = { timeZone: 'UTC', days: ['mon' as const], from: '09:00', to: '17:00' };
const weekdays = 'mon, tue, wed, thu, fri, sat, sun';
const clockRemedy = "Write hours and minutes, as '09:00', from 00:00 to 24:00.";

type Told = Omit<Finding, 'severity'>;

describe('what makes a matrix unusable is told in full: where, what, and what would be right', () => {
  it.each<[sentence: string, matrix: Matrix, ...told: Told[]]>([
    [
      'a version that says nothing',
      { ...DEFAULT_MATRIX, version: ' ' },
      { code: 'version-missing', path: 'version', message: 'A matrix needs a version, which every decision names.', remedy: "Give it one, as 'version: 2026-05'." },
    ],
    [
      'a row without an id',
      withRows({ id: ' ' }),
      { code: 'id-missing', path: `rows[${own}].id`, message: 'A row needs an id.', remedy: 'Give it a short name, which decisions and explanations then show.' },
    ],
    [
      'an id that another row has',
      withRows({ id: DEFAULT_MATRIX.rows[0]?.id ?? '' }),
      { code: 'id-repeated', path: `rows[${own}].id`, message: "Row 1 is called 'cloud-china' as well.", remedy: 'Give one of the two another id.' },
    ],
    [
      'a stage that there is not',
      withRows({ stage: wrong('mood') }),
      { code: 'value-unknown', path: `rows[${own}].stage`, message: "'mood' is not one of gate, area, product, asker, source, outage.", remedy: useOneOfThose },
    ],
    [
      'a row that says nothing, and cites nothing',
      withRows({ text: ' ', source: ' ' }),
      { code: 'text-missing', path: `rows[${own}].text`, message: 'A row says in a sentence why it decides so.', remedy: 'Write that sentence.' },
      { code: 'source-missing', path: `rows[${own}].source`, message: 'A row cites what it rests on.', remedy: 'Name the page, the contract or the person who decided it.' },
    ],
    [
      'a condition that there is not',
      withRows({ when: wrong({ weather: ['rain'] }) }),
      {
        code: 'condition-unknown',
        path: `rows[${own}].when.weather`,
        message: "There is no condition 'weather'.",
        remedy:
          'Use one of area, asker, ownership, kind, channel, cloud, severity, country, language, publisherId, offerId, partnerId, providerId, ' +
          'resellerId, customerId, from, until, hours, responsible, classified, informationOnly, partnerFirst, sourceIsResponsible, outageOpen.',
      },
    ],
    [
      'a value in a list, by its place',
      withRows({ when: { severity: ['A', wrong('D')] } }),
      { code: 'value-unknown', path: `rows[${own}].when.severity[1]`, message: "'D' is not one of A, B, C.", remedy: useOneOfThose },
    ],
    [
      'a partner as asker, of which no ticket is left unsure by then',
      withRows({ when: { asker: [wrong('partner')] } }),
      {
        code: 'value-unknown',
        path: `rows[${own}].when.asker[0]`,
        message: "'partner' is not one of customer, direct-bill-partner, indirect-provider, indirect-reseller, isv-publisher, microsoft.",
        remedy: useOneOfThose,
      },
    ],
    [
      'a value that stands alone',
      withRows({ when: { partnerFirst: wrong('yes') } }),
      { code: 'value-unknown', path: `rows[${own}].when.partnerFirst`, message: "'yes' is not one of true, false.", remedy: useOneOfThose },
    ],
    [
      'an outcome that there is not',
      withRows({ then: wrong({ colour: 'red' }) }),
      {
        code: 'outcome-unknown',
        path: `rows[${own}].then.colour`,
        message: "There is no outcome 'colour'.",
        remedy:
          'Use one of responsible, firstContact, escalation, informed, handsOver, escalationContact, purpose, informationOnly, stays, attach, queue, disclose.',
      },
    ],
    [
      'a party that there is not',
      withRows({ then: { informed: [wrong('press')] } }),
      {
        code: 'value-unknown',
        path: `rows[${own}].then.informed[0]`,
        message: "'press' is not one of csp-partner, handover-partner, isv-publisher, microsoft.",
        remedy: useOneOfThose,
      },
    ],
    [
      'a time that is none',
      withRows({ when: { until: 'soon' } }),
      {
        code: 'instant-invalid',
        path: `rows[${own}].when.until`,
        message: "'soon' is neither a date nor an RFC 3339 instant.",
        remedy: 'Write a date (2026-01-31) or an instant (2026-01-31T09:00:00Z).',
      },
    ],
    [
      'a period that ends when it begins',
      withRows({ when: { from: '2026-02-01', until: '2026-02-01' } }),
      {
        code: 'period-empty',
        path: `rows[${own}].when.until`,
        message: "'until' (2026-02-01) is not after 'from' (2026-02-01), so the row never matches.",
        remedy: "Give an 'until' that is later: it is the first moment at which the row no longer holds.",
      },
    ],
    [
      'a time zone that there is not',
      withRows({ when: { hours: { ...officeHours, timeZone: 'Mars/Base' } } }),
      { code: 'hours-invalid', path: `rows[${own}].when.hours.timeZone`, message: "'Mars/Base' cannot be used.", remedy: "Use an IANA name, as 'Europe/Istanbul'." },
    ],
    [
      'hours of a day that there is not',
      withRows({ when: { hours: { ...officeHours, days: ['mon', wrong('payday')] } } }),
      { code: 'hours-invalid', path: `rows[${own}].when.hours.days`, message: "'mon, payday' cannot be used.", remedy: `Name at least one of ${weekdays}.` },
    ],
    [
      'hours of no day',
      withRows({ when: { hours: { ...officeHours, days: [] } } }),
      { code: 'hours-invalid', path: `rows[${own}].when.hours.days`, message: "'' cannot be used.", remedy: `Name at least one of ${weekdays}.` },
    ],
    [
      'times of day that there are not',
      withRows({ when: { hours: { ...officeHours, from: '9', to: '24:01' } } }),
      { code: 'hours-invalid', path: `rows[${own}].when.hours.from`, message: "'9' cannot be used.", remedy: clockRemedy },
      { code: 'hours-invalid', path: `rows[${own}].when.hours.to`, message: "'24:01' cannot be used.", remedy: clockRemedy },
    ],
    [
      'a gate that names no queue',
      withRows({ stage: 'gate', then: {} }),
      {
        code: 'gate-queue',
        path: `rows[${own}].then.queue`,
        message: 'A gate row, and no other, names the queue where the ticket waits.',
        remedy: "Add 'queue: triage' or 'queue: unassigned'.",
      },
    ],
    [
      'a queue that is none, of a gate',
      withRows({ stage: 'gate', then: { queue: null } }),
      {
        code: 'gate-queue',
        path: `rows[${own}].then.queue`,
        message: 'A gate row, and no other, names the queue where the ticket waits.',
        remedy: "Add 'queue: triage' or 'queue: unassigned'.",
      },
    ],
    [
      'a queue of a row that is no gate',
      withRows({ then: { queue: 'triage' } }),
      {
        code: 'gate-queue',
        path: `rows[${own}].then.queue`,
        message: 'A gate row, and no other, names the queue where the ticket waits.',
        remedy: "Remove 'queue', or make it a gate row.",
      },
    ],
    [
      'an area that no row answers for',
      without('payment'),
      {
        code: 'area-without-row',
        path: 'rows',
        message: "No row of the stage 'area' answers for 'payment' without further conditions.",
        remedy: "Add a row with 'stage: area' and 'when: {area: [payment]}'.",
      },
    ],
    [
      'contact details of which an audience may see others only',
      withRows({ then: { disclose: { customer: { 'customer-support': ['url', 'email'] } } } }),
      {
        code: 'disclosure-widened',
        path: `rows[${own}].then.disclose.customer.customer-support[1]`,
        message: "'email' of the customer-support contact must not be shown to the audience 'customer', which may see only url.",
        remedy: 'Remove the field: a row can take fields away, and never add one.',
      },
    ],
    [
      'contact details of which an audience may see several, and not this one',
      withRows({ then: { disclose: { microsoft: { engineering: ['url'] } } } }),
      {
        code: 'disclosure-widened',
        path: `rows[${own}].then.disclose.microsoft.engineering[0]`,
        message: "'url' of the engineering contact must not be shown to the audience 'microsoft', which may see only name, email, phone.",
        remedy: 'Remove the field: a row can take fields away, and never add one.',
      },
    ],
    [
      'contact details of which an audience may see none',
      withRows({ then: { disclose: { customer: { engineering: ['name'] } } } }),
      {
        code: 'disclosure-widened',
        path: `rows[${own}].then.disclose.customer.engineering[0]`,
        message: "'name' of the engineering contact must not be shown to the audience 'customer', which may see nothing of it.",
        remedy: 'Remove the field: a row can take fields away, and never add one.',
      },
    ],
    [
      'contact details for an audience that there is not',
      withRows({ then: { disclose: wrong({ press: { engineering: ['name'] } }) } }),
      {
        code: 'value-unknown',
        path: `rows[${own}].then.disclose.press.engineering[0]`,
        message: "There is no contact 'engineering' or no audience 'press'.",
        remedy: 'Audiences are customer, csp-partner, isv-publisher, microsoft; contacts are customer-support, csp-program, engineering.',
      },
    ],
    [
      'contact details of a contact that there is not',
      withRows({ then: { disclose: { customer: wrong({ sales: ['url'] }) } } }),
      {
        code: 'value-unknown',
        path: `rows[${own}].then.disclose.customer.sales[0]`,
        message: "There is no contact 'sales' or no audience 'customer'.",
        remedy: 'Audiences are customer, csp-partner, isv-publisher, microsoft; contacts are customer-support, csp-program, engineering.',
      },
    ],
    [
      'a row that is meant to win over one that there is not',
      withRows({ before: ['nobody'] }),
      {
        code: 'before-contradicts',
        path: `rows[${own}].before[0]`,
        message: "'house-rule' is meant to win over 'nobody', but there is no such row.",
        remedy: "Correct the id, move 'house-rule' before it, or leave it out of 'before'.",
      },
    ],
    [
      'a row that is meant to win over one before it',
      withRows({ before: ['partner-first'] }),
      {
        code: 'before-contradicts',
        path: `rows[${own}].before[0]`,
        message: "'house-rule' is meant to win over 'partner-first', but that row is not a later one of its stage.",
        remedy: "Correct the id, move 'house-rule' before it, or leave it out of 'before'.",
      },
    ],
    [
      'a row that is meant to win over itself',
      withRows({ before: ['house-rule'] }),
      {
        code: 'before-contradicts',
        path: `rows[${own}].before[0]`,
        message: "'house-rule' is meant to win over 'house-rule', but that row is not a later one of its stage.",
        remedy: "Correct the id, move 'house-rule' before it, or leave it out of 'before'.",
      },
    ],
    [
      'a row that is meant to win over one of another stage',
      withRows({ before: ['later'] }, { id: 'later', stage: 'outage' }),
      {
        code: 'before-contradicts',
        path: `rows[${own}].before[0]`,
        message: "'house-rule' is meant to win over 'later', but that row is not a later one of its stage.",
        remedy: "Correct the id, move 'house-rule' before it, or leave it out of 'before'.",
      },
    ],
  ])('%s', (_sentence, matrix, ...told) => {
    const errors = told.map((one) => ({ severity: 'error', ...one }));
    expect(lintMatrix(matrix).filter(({ severity }) => severity === 'error')).toEqual(errors);
    expect(() => compile(matrix)).toThrow(
      `The matrix cannot be used. ${told.map(({ path, message }) => `${path}: ${message}`).join(' ')}`,
    );
  });

  it.each(['9:00', '09:60', '24:01', '25:00', '109:00', '09:000', '09.00', 'noon', ''])('%j as a time of day', (clock) => {
    const paths = (hours: object) => lintMatrix(withRows({ when: { hours: { ...officeHours, ...hours } } })).map(({ path }) => path);
    expect(paths({ from: clock })).toContain(`rows[${own}].when.hours.from`);
    expect(paths({ to: clock })).toContain(`rows[${own}].when.hours.to`);
  });

  it('a row for an area that leaves open for which, who is responsible or who hears first', () => {
    const then = { responsible: 'microsoft', firstContact: 'microsoft' } as const;
    const incomplete = {
      severity: 'error',
      code: 'area-row-incomplete',
      path: `rows[${own}]`,
      message: 'An area row names one area, who is responsible and who hears first.',
      remedy: "Give 'when.area' exactly one area, and 'then' a responsible and a firstContact.",
    };
    const areaRow = (row: Partial<Row>) => lintMatrix(withRows({ stage: 'area', when: { area: ['training'] }, then, ...row }));
    expect(areaRow({ when: { area: ['training', 'other'] } })).toContainEqual(incomplete);
    expect(areaRow({ when: { severity: ['A'] } })).toContainEqual(incomplete);
    expect(areaRow({ then: { responsible: 'microsoft' } })).toContainEqual(incomplete);
    expect(areaRow({ then: { firstContact: 'microsoft' } })).toContainEqual(incomplete);
    expect(areaRow({})).not.toContainEqual(incomplete);
  });

  it('an area for which only rows of other stages stand, or rows with more conditions', () => {
    const then = { responsible: 'microsoft', firstContact: 'microsoft' } as const;
    const codes = (matrix: Matrix) => lintMatrix(matrix).map(({ code }) => code);
    expect(codes(without('payment', { when: { area: ['payment'] } }))).toContain('area-without-row');
    expect(codes(without('payment', { stage: 'area', when: { area: ['payment'], severity: ['A'] }, then }))).toContain('area-without-row');
    expect(codes(without('payment', { stage: 'area', when: { area: ['payment'] }, then }))).not.toContain('area-without-row');
  });
});

describe('what is worth a look is told in full as well', () => {
  it.each<[sentence: string, matrix: Matrix, known: KnownIds, told: Told]>([
    [
      'a list without a value',
      withRows({ when: { country: [] } }),
      {},
      {
        code: 'condition-empty',
        path: `rows[${own}].when.country`,
        message: 'The list is empty, so no ticket satisfies it and the row never matches.',
        remedy: 'Name a value, or leave the condition out.',
      },
    ],
    [
      'a row behind one that takes all its tickets',
      withRows({}, { id: 'narrower', when: { area: ['training'], severity: ['A'] } }),
      {},
      {
        code: 'row-unreachable',
        path: `rows[${own + 1}]`,
        message: "'narrower' never matches: 'house-rule' comes first and takes all its tickets.",
        remedy: "Move 'narrower' before 'house-rule', narrow the conditions of 'house-rule', or remove 'narrower'.",
      },
    ],
    [
      'two rows of which their order alone decides',
      withRows({ when: { country: ['DE'] } }, { id: 'second', when: { severity: ['A'] }, then: { firstContact: 'microsoft' } }),
      {},
      {
        code: 'rows-overlap',
        path: `rows[${own + 1}]`,
        message:
          "'house-rule' and 'second' can match the same ticket with as many conditions each, and decide differently: 'house-rule' wins only because it comes first.",
        remedy: "If that is meant, add 'before: [second]' to 'house-rule'; otherwise narrow one of the two, or change their order.",
      },
    ],
    [
      'an engineering contact for a customer',
      withRows({ when: { area: ['training'], severity: ['A'], asker: ['microsoft', 'customer'] }, then: { escalationContact: 'engineering' } }),
      {},
      {
        code: 'engineering-for-customer',
        path: `rows[${own}].then.escalationContact`,
        message: 'A customer never learns of an engineering contact, so no decision for this asker names it.',
        remedy: "Take 'customer' out of 'when.asker', or name another contact.",
      },
    ],
    [
      'an address in a text that everybody reads',
      withRows({ texts: { de: 'Siehe Handbuch.', tr: 'Arayın: +90 (212) 555 11 22.' } }),
      {},
      {
        code: 'contact-in-text',
        path: `rows[${own}].texts.tr`,
        message: 'The text holds an e-mail address or a telephone number, and everybody reads it, customers as well.',
        remedy: 'Leave it to the contacts of the decision, of which each audience sees only its own.',
      },
    ],
    [
      'an id that the directory does not have',
      withRows({ when: { offerId: { not: ['known', 'unknown'] } } }),
      { offerIds: ['known'] },
      {
        code: 'reference-unknown',
        path: `rows[${own}].when.offerId.not[1]`,
        message: "The directory has no offer 'unknown'.",
        remedy: 'Correct the id, or add it to the directory before the row is needed.',
      },
    ],
  ])('%s', (_sentence, matrix, known, told) => {
    expect(lintMatrix(matrix, known)).toEqual([{ severity: 'warning', ...told }]);
    expect(compile(matrix).rows).toHaveLength(matrix.rows.length);
  });

  it.each([
    ['publisherId', 'publisher', 'publisherIds'],
    ['offerId', 'offer', 'offerIds'],
    ['partnerId', 'partner', 'partnerIds'],
    ['providerId', 'provider', 'partnerIds'],
    ['resellerId', 'reseller', 'partnerIds'],
    ['customerId', 'customer', 'customerIds'],
  ] as const)('a condition on %s is looked up in the directory, where that tells which there are', (condition, name, list) => {
    const matrix = withRows({ when: { [condition]: ['here', 'nowhere'] } });
    const references = (known: KnownIds) => lintMatrix(matrix, known).filter(({ code }) => code === 'reference-unknown');
    expect(references({ [list]: ['here'] })).toMatchObject([
      { path: `rows[${own}].when.${condition}[1]`, message: `The directory has no ${name} 'nowhere'.` },
    ]);
    expect(references({})).toEqual([]);
  });

  it.each([
    ['Write to ops@northwind.example.', true],
    ['Schreiben Sie an Hilfe@Northwind.DE.', true],
    ['Call +1 212 5551122.', true],
    ['Call +49 (89) 1234-5678 in the morning.', true],
    ['Ask the partner @ its portal.', false],
    ['Ask nobody@all.', false],
    ['The limit is x@1.2 a second.', false],
    ['It takes +5 days, or +1 (one) week.', false],
    ['Ticket 4912345678 says more.', false],
  ])('of the text %j, whether it holds an address', (text, holdsAddress) => {
    const codes = lintMatrix(withRows({ text })).map(({ code }) => code);
    expect(codes).toEqual(holdsAddress ? ['contact-in-text'] : []);
  });
});

describe('nothing is wrong with', () => {
  const conditions: Conditions[] = [
    { ownership: ['third-party', 'first-party'] },
    { kind: ['saas', 'virtual-machine', 'container', 'azure-application', 'managed-service', 'dynamics-365'] },
    { channel: ['csp', 'customer-direct'] },
    { cloud: ['public', 'us-government', 'china'] },
    { severity: ['A', 'B', 'C'] },
    { asker: ['customer', 'direct-bill-partner', 'indirect-provider', 'indirect-reseller', 'isv-publisher', 'microsoft'] },
    { responsible: ['csp-partner', 'handover-partner', 'isv-publisher', 'microsoft'] },
    ...(['classified', 'informationOnly', 'partnerFirst', 'sourceIsResponsible', 'outageOpen'] as const).flatMap((name) => [
      { [name]: true },
      { [name]: false },
    ]),
    { language: ['de'], country: { not: ['DE'] } },
    { from: '2026-01-01' },
    { until: '2026-01-01T00:00:00Z' },
    { from: '2026-01-01', until: '2026-01-02' },
    { hours: { timeZone: 'Europe/Berlin', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' } },
  ];

  it.each(conditions.map((when) => [JSON.stringify(when), when] as const))('a row for %s', (_text, when) => {
    expect(lintMatrix(withRows({ stage: 'outage', when, then: {} })).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  const outcomes: Partial<Outcome>[] = [
    ...(['csp-partner', 'handover-partner', 'isv-publisher', 'microsoft'] as const).map((party) => ({
      responsible: party,
      firstContact: party,
      escalation: [party],
      informed: [party],
    })),
    { handsOver: true, informationOnly: true, stays: true, attach: true },
    { handsOver: false, informationOnly: false, stays: false, attach: false },
    ...(['customer-support', 'csp-program', 'engineering', null] as const).map((escalationContact) => ({ escalationContact })),
    ...(['technical', 'business'] as const).map((purpose) => ({ purpose })),
    { queue: null },
    { disclose: { customer: { 'customer-support': [] }, 'csp-partner': { 'customer-support': ['url'], engineering: ['phone'] } } },
  ];

  it.each(outcomes.map((then) => [JSON.stringify(then), then] as const))('a row that says %s', (_text, then) => {
    expect(lintMatrix(withRows({ stage: 'outage', when: { severity: ['A'] }, then })).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('a gate that sends to either queue where people look', () => {
    const gates = (['triage', 'unassigned'] as const).map((queue) => ({ id: queue, stage: 'gate' as const, when: { country: ['DE'], offerId: [queue] }, then: { queue } }));
    expect(lintMatrix(withRows(...gates))).toEqual([]);
  });

  it('an engineering contact that a customer never hears of', () => {
    const when = { asker: ['isv-publisher' as const], area: ['training' as const], severity: ['A' as const] };
    expect(lintMatrix(withRows({ when, then: { escalationContact: 'engineering' } }))).toEqual([]);
    expect(lintMatrix(withRows({ when: { ...when, asker: ['customer'] }, then: { escalationContact: 'csp-program' } }))).toEqual([]);
  });

  it('two rows that decide the same, in whatever order they write it', () => {
    const first = { when: { country: ['DE'] }, then: { firstContact: 'microsoft', informed: [] } } as const;
    const second = { id: 'second', when: { severity: ['A'] }, then: { informed: [], firstContact: 'microsoft' } } as const;
    expect(lintMatrix(withRows(first, second))).toEqual([]);
  });
});
