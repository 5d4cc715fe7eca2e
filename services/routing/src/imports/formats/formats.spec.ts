import fc from 'fast-check';
import type { ImportFormatName, ImportOptions, ImportSyntax } from '../import.js';
import { type FileRecord, UnreadableFile } from './format.js';
import { FORMATS } from './formats.js';
import { jsonElements } from './json-elements.js';

type More = Partial<ImportOptions>;

async function* chunked(text: string | Buffer, bytes = 7): AsyncGenerator<Buffer> {
  const all = Buffer.from(text);
  for (let at = 0; at < all.length; at += bytes) yield await Promise.resolve(all.subarray(at, at + bytes));
}

interface Outcome {
  readonly entries: { line: number; kind: string; id: string; document: object; rank?: number | undefined }[];
  readonly problems: { line: number; field: string; code: string }[];
  readonly ignored: number[];
  readonly ignoredColumns: readonly string[];
}

async function outcomeOf(format: ImportFormatName, syntax: ImportSyntax, text: string | Buffer, more: More = {}): Promise<Outcome> {
  const options: ImportOptions = { format, syntax, dryRun: false, skipInvalid: false, ...more };
  const outcome: Outcome & { ignoredColumns: readonly string[] } = { entries: [], problems: [], ignored: [], ignoredColumns: [] };
  const context = { options, ignoredColumns: (names: readonly string[]) => void (outcome.ignoredColumns = names) };
  for await (const record of FORMATS[format].read(chunked(text), context)) {
    const mapped = 'error' in record ? { problems: [record.error] } : FORMATS[format].map(record.value, options);
    if (mapped === 'ignored') outcome.ignored.push(record.line);
    else if ('entry' in mapped) outcome.entries.push({ line: record.line, ...mapped.entry });
    else outcome.problems.push(...mapped.problems.map(({ field, code }) => ({ line: record.line, field, code })));
  }
  return outcome;
}

describe('subscriptions as CSV', () => {
  const HEADER = 'id,customerId,offerId,resellerId,supportContact';

  it('are sold by the partner of the file and the reseller of the row', async () => {
    const { entries } = await outcomeOf('subscriptions', 'csv', `${HEADER}\ns1,c1,crm,2002,reseller\n`, { partner: '1001' });
    expect(entries).toEqual([{ line: 2, kind: 'subscription', id: 's1', document: { id: 's1', customerId: 'c1', offerId: 'crm', channel: 'csp', soldBy: { model: 'indirect', providerId: '1001', resellerId: '2002' }, supportContact: 'reseller' } }]);
  });

  it('may begin with a byte order mark, be separated by semicolons, end lines as Windows does, and have line ends within cells', async () => {
    const text = '\uFEFFid;customerId;offerId;publisherName\r\ns1;c1;"crm\r\nsecond";"a;b"\r\ns2;c1;crm;x\r\n';
    const { entries, problems } = await outcomeOf('subscriptions', 'csv', text);
    expect(entries.map(({ line, id }) => [line, id])).toEqual([[2, 's1'], [4, 's2']]);
    expect(problems).toEqual([]);
  });

  it('name each line that is wrong, the field, and why', async () => {
    const { entries, problems } = await outcomeOf('subscriptions', 'csv', `${HEADER}\n,c1,crm,2002,\ns2,c1,crm,1001,\ns3,c1\ns4,c1,crm,2002,nobody\ns5,,crm,,\ns6,c1,crm,2002,\n`, { partner: '1001' });
    expect(problems).toEqual([
      { line: 2, field: 'id', code: 'value-missing' },
      { line: 3, field: 'resellerId', code: 'reseller-is-provider' },
      { line: 4, field: '', code: 'cells-differ' },
      { line: 5, field: 'supportContact', code: 'value-unknown' },
      { line: 6, field: 'customerId', code: 'value-missing' },
    ]);
    expect(entries.map(({ id }) => id)).toEqual(['s6']);
  });

  it('tell a reseller without its provider apart from nobody at all', async () => {
    const { entries, problems } = await outcomeOf('subscriptions', 'csv', `${HEADER}\ns1,c1,crm,2002,\ns2,c1,crm,,\n`);
    expect(problems).toEqual([{ line: 2, field: 'providerId', code: 'provider-missing' }]);
    expect(entries[0]?.document).not.toHaveProperty('soldBy');
  });

  it('name partners by digits', async () => {
    const { problems } = await outcomeOf('subscriptions', 'csv', 'id,customerId,offerId,partnerId,providerId\ns1,c1,crm,fabrikam,north\n');
    expect(problems.map(({ field, code }) => [field, code])).toEqual([['partnerId', 'not-a-partner-id'], ['providerId', 'not-a-partner-id']]);
  });

  it('are the partner\'s own where it sells directly', async () => {
    const { entries, problems } = await outcomeOf('subscriptions', 'csv', `${HEADER}\ns1,c1,crm,,\ns2,c1,crm,2002,\n`, { partner: '3001', model: 'direct-bill' });
    expect(entries[0]?.document).toMatchObject({ soldBy: { model: 'direct-bill', partnerId: '3001' } });
    expect(problems).toEqual([{ line: 3, field: 'resellerId', code: 'reseller-of-direct' }]);
  });

  it('are refused as a whole without a column that they need, and say which columns nobody knows', async () => {
    await expect(outcomeOf('subscriptions', 'csv', 'id,customerId\n')).rejects.toThrow(/lacks offerId/);
    await expect(outcomeOf('subscriptions', 'csv', 'id,offerId,id\n')).rejects.toThrow(/id twice/);
    await expect(outcomeOf('subscriptions', 'csv', '')).rejects.toThrow(/empty/);
    await expect(outcomeOf('subscriptions', 'csv', `${HEADER}\ns1,"c1\n`)).rejects.toThrow(UnreadableFile);
    expect((await outcomeOf('subscriptions', 'csv', 'ID,offerid,customerId,resselerId\ns1,crm,c1,2002\n')).ignoredColumns).toEqual(['resselerId']);
  });

  it('show a file in another encoding', async () => {
    const { problems } = await outcomeOf('subscriptions', 'csv', Buffer.concat([Buffer.from('id,customerId,offerId\ns1,c'), Buffer.from([0xe4]), Buffer.from(',crm\n')]));
    expect(problems).toEqual([{ line: 2, field: 'customerId', code: 'characters' }]);
  });
});

describe('subscriptions of Partner Center', () => {
  const page = { totalCount: 2, items: [
    { id: 's1', offerId: 'crm', friendlyName: 'CRM', quantity: 4, isMicrosoftProduct: false, publisherName: 'Contoso', partnerId: '2002', links: { self: { uri: '/customers/c1/subscriptions/s1', method: 'GET' } }, attributes: { objectType: 'Subscription' } },
    { id: 's2', offerId: 'crm', customerId: 'c2', partnerId: '2002', supportMpnId: '2002' },
  ], links: { self: { uri: '/customers/c1/subscriptions' } } };

  it.each([['json', JSON.stringify(page, null, 2)], ['ndjson', `${JSON.stringify(page)}\n`]] as const)('are read from %s, with the customer of their link', async (syntax, text) => {
    const { entries, problems } = await outcomeOf('subscriptions', syntax, text, { partner: '1001' });
    expect(problems).toEqual([]);
    const soldBy = { model: 'indirect', providerId: '1001', resellerId: '2002' };
    expect(entries.map(({ document }) => document)).toEqual([
      { id: 's1', customerId: 'c1', offerId: 'crm', channel: 'csp', name: 'CRM', soldBy },
      { id: 's2', customerId: 'c2', offerId: 'crm', channel: 'csp', soldBy, supportContact: 'reseller' },
    ]);
  });

  it('refuse a support contact who sells nothing of it', async () => {
    const { problems } = await outcomeOf('subscriptions', 'json', JSON.stringify([{ id: 's1', offerId: 'crm', customerId: 'c1', supportMpnId: '9' }]), { partner: '1001' });
    expect(problems).toEqual([{ line: 1, field: 'supportMpnId', code: 'support-contact-unknown' }]);
  });
});

describe('customers', () => {
  it('of Partner Center have their name in the profile and their reseller beside it', async () => {
    const customer = { id: 'c1', companyProfile: { tenantId: 'c1', domain: 'wingtip.example', companyName: 'Wingtip' }, relationshipToPartner: 'reseller', associatedPartnerId: '2002', billingProfile: { defaultAddress: { country: 'de' } } };
    const { entries } = await outcomeOf('customers', 'json', JSON.stringify({ totalCount: 1, items: [customer] }), { partner: '1001' });
    expect(entries[0]).toEqual({ line: 1, kind: 'customer', id: 'c1', document: { id: 'c1', name: 'Wingtip', country: 'DE', soldBy: { model: 'indirect', providerId: '1001', resellerId: '2002' } } });
  });

  it('may be CSV, and name a field that is wrong', async () => {
    const { entries, problems } = await outcomeOf('customers', 'csv', 'tenantId,companyName,country,cloud\nc1,Wingtip,DE,public\nc2,,Germany,moon\n');
    expect(entries.map(({ id }) => id)).toEqual(['c1']);
    expect(problems).toEqual([{ line: 3, field: 'name', code: 'value-missing' }, { line: 3, field: 'country', code: 'not-a-country' }, { line: 3, field: 'cloud', code: 'value-unknown' }]);
  });
});

describe('offers', () => {
  const listing = (more: object) => ({ $schema: 'https://schema.example/schema/listing/2022-03-01-preview5', id: 'listing/p1/public/main/default/en-us', product: 'product/p1', kind: 'azureContainer', title: 'Ledger', supportContact: { name: 'Desk', email: 'desk@contoso.example', phone: '1' }, languageID: 'en-us', ...more });

  it.each([
    ['one listing', 'json', JSON.stringify(listing({}), null, 1)],
    ['a list', 'json', JSON.stringify([listing({})])],
    ['the resources of a configuration', 'json', JSON.stringify({ $schema: 'x/configure/1', resources: [listing({})] })],
    ['one a line', 'ndjson', JSON.stringify(listing({}))],
  ] as const)('are read from %s', async (_what, syntax, text) => {
    const { entries, problems } = await outcomeOf('offers', syntax, text, { publisher: 'contoso' });
    expect(problems).toEqual([]);
    expect(entries).toEqual([{ line: 1, kind: 'offer', id: 'p1', rank: 0, document: { id: 'p1', publisherId: 'contoso', name: 'Ledger', ownership: 'third-party', kind: 'container', listing: { supportContact: { name: 'Desk', email: 'desk@contoso.example', phone: '1' } } } }]);
  });

  it('are read in the newer spelling too, where contacts have links', async () => {
    const { languageID: _old, ...rest } = listing({ languageId: 'de-de', supportContact: { name: 'Desk', url: 'https://help.contoso.example' }, cloudSolutionProviderContact: { email: 'csp@contoso.example' }, cloudSolutionProviderMarketingMaterials: 'https://contoso.example/csp', generalLinks: [{ displayText: 'Guide', link: 'https://contoso.example/guide' }] });
    const { entries } = await outcomeOf('offers', 'json', JSON.stringify(rest), { publisher: 'contoso' });
    expect(entries[0]).toMatchObject({ rank: 1, document: { listing: { supportContact: { name: 'Desk', url: 'https://help.contoso.example' }, cloudSolutionProviderContact: { email: 'csp@contoso.example' }, cloudSolutionProviderMarketingMaterials: 'https://contoso.example/csp', generalLinks: [{ displayText: 'Guide', link: 'https://contoso.example/guide' }] } } });
  });

  it('pass over resources that are no listings', async () => {
    const resources = [{ $schema: 'https://schema.example/schema/plan/2022-03-01', id: 'plan/p1/x' }, listing({})];
    expect(await outcomeOf('offers', 'json', JSON.stringify({ resources }), { publisher: 'contoso' })).toMatchObject({ ignored: [1], problems: [], entries: [{ id: 'p1' }] });
  });

  it('ask for what a listing does not say', async () => {
    const text = JSON.stringify([listing({ kind: 'azure', globalSupportWebsite: 'contoso.example', supportContact: { email: 'nobody' } })]);
    const { problems } = await outcomeOf('offers', 'json', text);
    expect(problems.map(({ field, code }) => [field, code])).toEqual([['kind', 'kind-unknown'], ['', 'publisher-missing'], ['supportContact.email', 'not-an-address'], ['globalSupportWebsite', 'not-a-url']]);
    expect((await outcomeOf('offers', 'json', JSON.stringify([listing({ kind: 'azure' })]), { publisher: 'contoso', offerKind: 'saas' })).entries[0]?.document).toMatchObject({ kind: 'saas' });
    // A word that every object of JavaScript knows is no kind.
    expect((await outcomeOf('offers', 'json', JSON.stringify([listing({ kind: 'constructor' })]), { publisher: 'contoso' })).problems).toMatchObject([{ code: 'kind-unknown' }]);
  });
});

describe('agreements', () => {
  const HEADER = 'id,providerId,resellerId,from,to,area,assignedTo,accountable';

  it('are one from the rows of the same id', async () => {
    const { entries, problems } = await outcomeOf('agreements', 'csv', `${HEADER}\na1,1001,2002,2026-01-01,,payment,reseller,\na1,1001,2002,2026-01-01,,all,shared,provider\na2,1001,2003,2026-01-01,2027-01-01,all,provider,\n`);
    expect(problems).toEqual([]);
    expect(entries.map(({ line, document }) => [line, document])).toEqual([
      [2, { id: 'a1', providerId: '1001', resellerId: '2002', from: '2026-01-01', to: null, entries: [{ area: 'payment', assignedTo: 'reseller' }, { area: 'all', assignedTo: 'shared', accountable: 'provider' }] }],
      [4, { id: 'a2', providerId: '1001', resellerId: '2003', from: '2026-01-01', to: '2027-01-01', entries: [{ area: 'all', assignedTo: 'provider' }] }],
    ]);
  });

  it('are held to the rules for agreements', async () => {
    const { problems } = await outcomeOf('agreements', 'csv', `${HEADER}\na1,1001,1001,soon,,payment,reseller,\na2,1001,2002,2026-01-01,,payments,shared,\na2,1001,2003,2026-01-01,,all,provider,\n`);
    expect(problems).toEqual(expect.arrayContaining([
      { line: 2, field: 'resellerId', code: 'pair-equal' },
      { line: 2, field: 'from', code: 'instant-invalid' },
      { line: 3, field: 'entries[0].area', code: 'value-unknown' },
      { line: 3, field: 'entries[0].accountable', code: 'accountable-missing' },
      { line: 4, field: 'resellerId', code: 'agreement-differs' },
    ]));
  });

  it('may be JSON', async () => {
    const agreement = { id: 'a1', providerId: '1001', resellerId: '2002', from: '2026-01-01', to: null, entries: [{ area: 'payment', assignedTo: 'reseller' }] };
    expect((await outcomeOf('agreements', 'json', JSON.stringify({ agreements: [agreement] }))).entries[0]?.document).toEqual(agreement);
  });
});

describe('a directory file', () => {
  it('brings each list as its kind, and holds each entry to the rules of its kind', async () => {
    const text = JSON.stringify({ publishers: [{ id: 'contoso', name: 'Contoso' }, { id: 'tailspin', name: 'Tailspin', nmae: 'x' }], customers: [{ id: 'c1' }], subscriptions: [] });
    const { entries, problems } = await outcomeOf('directory', 'json', text);
    expect(entries).toEqual([{ line: 1, kind: 'publisher', id: 'contoso', document: { id: 'contoso', name: 'Contoso' } }]);
    expect(problems).toEqual([{ line: 1, field: 'nmae', code: 'value-invalid' }, { line: 1, field: 'name', code: 'value-invalid' }]);
  });

  it('must say what its elements are', async () => {
    expect((await outcomeOf('directory', 'json', '[{"id":"x"}]')).problems).toEqual([{ line: 1, field: '', code: 'list-unknown' }]);
  });
});

describe('a JSON file', () => {
  const read = async (text: string, bytes: number, lists: readonly string[] = ['items']) => {
    const found: FileRecord<{ value: unknown }>[] = [];
    for await (const record of jsonElements(chunked(text, bytes), lists)) found.push(record);
    return found;
  };

  it('gives the elements of its list, wherever the bytes are cut', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 40 }), fc.boolean(), fc.boolean(), async (items, bytes, isNamed, isSpaced) => {
      const document = isNamed ? { totalCount: 1, 'a"]': [{ items: [1] }], items, links: { self: [2], items: 3 } } : items;
      const found = await read(JSON.stringify(document, null, isSpaced ? 2 : 0), bytes);
      expect(found.map((record) => ('value' in record ? record.value.value : record))).toEqual(JSON.parse(JSON.stringify(items)));
    }), { numRuns: 300 });
  });

  it('names the line of an element, also of one that is no JSON', async () => {
    const found = await read('[\n  {"a": 1},\n\n  {"a": },\n  {"a": 3}\n]', 5);
    expect(found.map((record) => [record.line, 'error' in record ? record.error.code : record.value.value])).toEqual([[2, { a: 1 }], [4, 'invalid-json'], [5, { a: 3 }]]);
  });

  it.each([
    ['ends early', '[{"a": 1}'], ['ends within a text', '[{"a": "1}'], ['is none', 'id,name\n'], ['is empty', ' '],
    ['goes on after its end', '[1] [2]'], ['is several documents', '{"a":1}\n{"a":2}'], ['closes a list as an object', '[1}'],
  ])('that %s cannot be read', async (_what, text) => {
    await expect(read(text, 3)).rejects.toThrow(UnreadableFile);
  });

  it('does not fill the memory with quotes that are never closed', async () => {
    await expect(read(`["${'x'.repeat(2_000_000)}`, 65_536)).rejects.toThrow(/longer than/);
  });
});
