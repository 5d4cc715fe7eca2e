import { compile } from './compile.js';
import { decide } from './decide.js';
import { DEFAULT_MATRIX } from './default-matrix.js';
import { audienceFields } from './disclosure.js';
import type { ContactInput } from './explain-request.js';
import { anOffer, codesOf, decisionOn, factsAbout, thePartner, thePublisher } from './question.builder.js';
import { AUDIENCES, CONTACT_KINDS } from './vocabulary.js';

const listing = (customerSupport: ContactInput, cspProgram: ContactInput = {}, engineering: ContactInput = {}) =>
  anOffer({ contacts: { customerSupport, cspProgram, engineering } });

const site = { url: 'https://northwind.example/help' };
const mail = { email: 'a@northwind.example' };

describe('a customer', () => {
  it('sees the support site of the publisher and nothing else', () => {
    expect(decisionOn('break-fix').contacts).toEqual([
      { kind: 'customer-support', party: thePublisher, fields: ['url'], for: 'customer' },
    ]);
  });

  it('is sent to its partner’s site where the partner is responsible', () => {
    expect(decisionOn('payment').contacts).toEqual([
      { kind: 'customer-support', party: thePartner, fields: ['url'], for: 'customer' },
    ]);
  });

  it('is shown nothing of a publisher without a site, which still gets the ticket', () => {
    const decision = decisionOn('break-fix', { offer: listing(mail) });
    expect(decision).toMatchObject({ contacts: [], reachedBy: 'customer-support', queue: 'isv/northwind' });
    expect(codesOf(decision)).toContain('no-support-site');
  });

  it('is not sent to an engineering contact, though it is the only one', () => {
    const decision = decisionOn('break-fix', { offer: listing({}, {}, mail) });
    expect(decision).toMatchObject({
      contacts: [],
      reachedBy: null,
      escalationContact: null,
      informed: [thePartner],
      queue: 'unassigned',
    });
    expect(codesOf(decision)).toContain('no-usable-contact');
  });
});

describe('a partner', () => {
  const asked = { asker: 'partner' } as const;

  it.each([
    ['uses customer support for a technical question', 'break-fix', listing(mail, mail, mail), 'customer-support'],
    ['then the CSP programme', 'break-fix', listing({ name: 'Only a name' }, mail, mail), 'csp-program'],
    [
      'then engineering, as its last resort',
      'break-fix',
      listing({}, { url: 'https://northwind.example/csp' }, mail),
      'engineering',
    ],
    ['uses the CSP programme for documentation', 'documentation', listing(mail, mail, mail), 'csp-program'],
    ['then customer support', 'training', listing(mail, {}, mail), 'customer-support'],
    ['uses customer support for activation', 'activation', listing(mail, mail, mail), 'customer-support'],
  ] as const)('%s', (...[, area, offer, kind]) => {
    const decision = decisionOn(area, { ...asked, offer });
    expect(decision.contacts).toEqual([{ kind, party: thePublisher, fields: ['email'], for: 'csp-partner' }]);
    expect(decision.reachedBy).toBe(kind);
  });

  it.each([
    ['may prefer the CSP programme', ['csp-program'], 'break-fix', 'partner', 'csp-program'],
    ['may prefer customer support for a business question', ['customer-support'], 'documentation', 'partner', 'customer-support'],
    ['keeps engineering as its last resort, whatever it prefers', ['engineering', 'csp-program'], 'break-fix', 'partner', 'csp-program'],
    ['gains no contact that it could not use anyway', ['engineering'], 'documentation', 'partner', 'csp-program'],
    ['does not change by what it prefers what its customer uses', ['csp-program'], 'break-fix', 'customer', 'customer-support'],
    ['does not change by what it prefers what Microsoft uses', ['csp-program', 'customer-support'], 'break-fix', 'microsoft', 'engineering'],
  ] as const)('%s', (...[, contactOrder, area, asker, kind]) => {
    expect(decisionOn(area, { asker, preferences: { contactOrder } }).reachedBy).toBe(kind);
  });

  it('has no engineer for a business question', () => {
    expect(decisionOn('service-level', { ...asked, offer: listing({}, {}, mail) })).toMatchObject({
      contacts: [],
      queue: 'unassigned',
      informed: [thePartner],
    });
  });

  it('is shown only the fields that the offer lists', () => {
    expect(
      decisionOn('break-fix', { ...asked, offer: listing({ ...mail, ...site, phone: ' ', name: '' }) }).contacts,
    ).toMatchObject([{ fields: ['email', 'url'] }]);
  });

  it('that hears first is given the publisher’s contact beside what its customer sees', () => {
    expect(decisionOn('break-fix', { preferences: { partnerFirst: true } }).contacts).toEqual([
      { kind: 'customer-support', party: thePartner, fields: ['url'], for: 'customer' },
      { kind: 'customer-support', party: thePublisher, fields: ['url'], for: 'customer' },
      { kind: 'customer-support', party: thePublisher, fields: ['name', 'email', 'phone', 'url'], for: 'csp-partner' },
    ]);
  });

  it('may ask the publisher about the application while Microsoft deploys it', () => {
    expect(decisionOn('azure-deployment', asked).contacts).toMatchObject([
      { kind: 'customer-support', for: 'csp-partner' },
    ]);
  });

  it('may escalate to engineering, which a customer’s ticket never mentions', () => {
    expect(decisionOn('break-fix', asked).escalationContact).toBe('engineering');
    expect(decisionOn('break-fix', { ...asked, offer: listing(mail) }).escalationContact).toBeNull();
    expect(decisionOn('break-fix').escalationContact).toBeNull();
  });
});

describe('Microsoft', () => {
  it('uses the engineering contact, and no other', () => {
    expect(decisionOn('break-fix', { asker: 'microsoft' }).contacts).toEqual([
      { kind: 'engineering', party: thePublisher, fields: ['name', 'email', 'phone'], for: 'microsoft' },
    ]);
    expect(decisionOn('break-fix', { asker: 'microsoft', offer: listing(mail, mail) }).queue).toBe('unassigned');
  });
});

describe('an offer', () => {
  it('without any usable contact waits for a person, and the responsible partner is told', () => {
    const decision = decisionOn('break-fix', { offer: anOffer({ contacts: {} }) });
    expect(decision).toMatchObject({
      responsible: thePublisher,
      firstContact: thePublisher,
      informed: [thePartner],
      queue: 'unassigned',
    });
    expect(decision.reasons.at(-1)?.text).toContain('the direct-bill partner 3100 is told');
  });

  it('without a contact tells nobody where no partner sold it', () => {
    const decision = decisionOn('break-fix', {
      offer: anOffer({ contacts: {} }),
      subscription: { channel: 'customer-direct' },
    });
    expect(decision).toMatchObject({ informed: [], queue: 'unassigned' });
  });

  it('without a contact does not keep the partner from acting where it hears first', () => {
    expect(decisionOn('activation', { offer: anOffer({ contacts: {} }) }).queue).toBe('partner/3100');
  });

  it('whose contacts nobody told is its publisher’s all the same, and the answer says what is missing', () => {
    const decision = decisionOn('break-fix', { offer: anOffer({ contacts: null }) });
    expect(decision).toMatchObject({ contacts: [], queue: 'isv/northwind', missing: ['offer.contacts'] });
    expect(codesOf(decision)).toContain('contacts-unknown');
  });

  it('sends its documents along', () => {
    const documents = [{ title: 'User guide', url: 'https://northwind.example/guide', kind: 'user-documentation' }];
    expect(decisionOn('user-support', { offer: anOffer({ documents }) }).documents).toEqual(documents);
    expect(decisionOn(null, { offer: anOffer({ documents }) }).documents).toEqual(documents);
  });
});

describe('the US Government cloud', () => {
  const government = { cloud: 'us-government', governmentSupportUrl: 'https://northwind.example/gov' } as const;

  it('has the support site of its own listing', () => {
    const decision = decisionOn('break-fix', {
      cloud: 'us-government',
      offer: { ...listing(mail), kind: 'virtual-machine', governmentSupportUrl: government.governmentSupportUrl },
    });
    expect(decision.contacts).toMatchObject([{ fields: ['url'], for: 'customer', site: 'us-government' }]);
    expect(codesOf(decision)).toContain('government-site');
  });

  it('needs no other contact than that site', () => {
    const decision = decisionOn('break-fix', {
      cloud: 'us-government',
      offer: anOffer({ contacts: null, governmentSupportUrl: government.governmentSupportUrl }),
    });
    expect(decision).toMatchObject({ reachedBy: 'customer-support', queue: 'isv/northwind' });
  });

  it('falls back to the general site, and says so', () => {
    const decision = decisionOn('break-fix', { cloud: 'us-government' });
    expect(decision.contacts).toEqual([
      { kind: 'customer-support', party: thePublisher, fields: ['url'], for: 'customer' },
    ]);
    expect(codesOf(decision)).toContain('no-government-site');
  });

  it('is of no concern to a ticket about the public cloud', () => {
    const decision = decisionOn('break-fix', {
      offer: anOffer({ governmentSupportUrl: government.governmentSupportUrl }),
    });
    expect(decision.contacts).toEqual([
      { kind: 'customer-support', party: thePublisher, fields: ['url'], for: 'customer' },
    ]);
  });
});

describe('what may be shown to whom', () => {
  it('is one table', () => {
    const shown = CONTACT_KINDS.flatMap((kind) =>
      AUDIENCES.map((audience) => [kind, audience, audienceFields(kind, audience).join(' ')] as const),
    );
    expect(shown).toEqual([
      ['customer-support', 'customer', 'url'],
      ['customer-support', 'csp-partner', 'name email phone url'],
      ['customer-support', 'isv-publisher', 'name email phone url'],
      ['customer-support', 'microsoft', 'url'],
      ['csp-program', 'customer', ''],
      ['csp-program', 'csp-partner', 'name email phone url'],
      ['csp-program', 'isv-publisher', 'name email phone url'],
      ['csp-program', 'microsoft', ''],
      ['engineering', 'customer', ''],
      ['engineering', 'csp-partner', 'name email phone'],
      ['engineering', 'isv-publisher', 'name email phone'],
      ['engineering', 'microsoft', 'name email phone'],
    ]);
  });
});

describe('Microsoft', () => {
  it('uses the engineering contact beside the partner’s where a rule of the house lets the partner hear first', () => {
    const row = {
      id: 'partner-hears-of-microsofts',
      stage: 'outage' as const,
      when: { asker: ['microsoft' as const] },
      then: { firstContact: 'csp-partner' as const },
      code: 'matrix-row' as const,
      text: 'House rule.',
      basis: 'default' as const,
      source: 'House rules',
    };
    const matrix = compile({ version: 'own', rows: [row, ...DEFAULT_MATRIX.rows] });
    const { contacts } = decide(factsAbout('break-fix', { asker: 'microsoft' }), matrix);
    expect(contacts.map(({ kind, for: audience }) => [kind, audience])).toEqual([
      ['customer-support', 'csp-partner'],
      ['engineering', 'microsoft'],
    ]);
  });
});
