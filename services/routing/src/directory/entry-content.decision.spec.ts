import { DEMO_DIRECTORY } from './demo-directory.fixture.js';
import { entriesByKind, type DirectoryKind } from './directory-kinds.js';
import { contentOf } from './entry-content.decision.js';
import { preconditionOf } from './precondition.decision.js';

const fieldsOf = (kind: DirectoryKind, body: unknown, id = 'x') => {
  const content = contentOf(kind, id, body);
  return 'problems' in content ? content.problems.map(({ field }) => field) : [];
};
const agreement = { providerId: '1001', resellerId: '2002', from: '2026-01-01', entries: [{ area: 'payment', assignedTo: 'reseller' }] };
const office = { name: 'Office', timeZone: 'Europe/Berlin', hours: { monday: [{ from: '09:00', to: '17:00' }] } };

describe('the content of an entry', () => {
  const demo = Object.entries(entriesByKind(DEMO_DIRECTORY)).flatMap(([kind, entries]) => entries.map((entry) => ({ kind: kind as DirectoryKind, id: entry.id, entry })));

  it.each(demo)('of the demo directory is valid: $kind $id', ({ kind, id, entry }) => {
    expect(contentOf(kind, id, entry)).toEqual({ entry });
  });

  it('takes its id from the path, and refuses another one', () => {
    expect(contentOf('publisher', 'contoso', { name: 'Contoso' })).toEqual({ entry: { id: 'contoso', name: 'Contoso' } });
    expect(fieldsOf('publisher', { id: 'tailspin', name: 'Contoso' }, 'contoso')).toEqual(['/id']);
  });

  it('may say in which language a party and each of its contacts are written to', () => {
    const publisher = { id: 'contoso', name: 'Contoso', language: 'tr', contact: { email: 'desk@contoso.example', language: 'en-GB' } };
    expect(contentOf('publisher', 'contoso', publisher)).toEqual({ entry: publisher });
  });

  it.each<[string, DirectoryKind, unknown, readonly string[], string?]>([
    ['a list', 'publisher', [], ['/']],
    ['no name', 'publisher', {}, ['/name']],
    ['a key that nobody knows', 'publisher', { name: 'x', nmae: 'y' }, ['/nmae']],
    ['a mail address that is none', 'publisher', { name: 'x', contact: { email: 'desk' } }, ['/contact/email']],
    ['a link that a browser would run', 'publisher', { name: 'x', contact: { url: 'javascript:alert(1)' } }, ['/contact/url']],
    ['a language that is a sentence', 'publisher', { name: 'x', language: 'Turkish, please' }, ['/language']],
    ['a character that cannot be stored', 'publisher', { name: 'a\u0000b' }, ['/name']],
    ['a PartnerID with letters', 'partner', { name: 'x', model: 'indirect-reseller', contacts: {} }, ['/id']],
    ['a contact for an area that nobody knows', 'partner', { name: 'x', model: 'indirect-reseller', contacts: { weather: {} } }, ['/contacts/weather'], '2002'],
    ['a severity with two targets', 'partner', { name: 'x', model: 'indirect-reseller', contacts: {}, responseTargets: [{ severity: 'A', minutes: 1 }, { severity: 'A', minutes: 2 }] }, ['/responseTargets'], '2002'],
    ['a target of no time', 'offer', { publisherId: 'p', name: 'x', ownership: 'third-party', kind: 'saas', listing: {}, responseTargets: [{ severity: 'A', minutes: 0 }] }, ['/responseTargets/0/minutes']],
    ['a subscription without its customer', 'subscription', { offerId: 'o', channel: 'csp' }, ['/customerId']],
    ['a place that is no time zone', 'calendar', { ...office, timeZone: 'Middle/Earth' }, ['/timeZone']],
    ['hours that end before they begin', 'calendar', { ...office, hours: { monday: [{ from: '17:00', to: '09:00' }] } }, ['/hours/monday/0']],
    ['no hours at all', 'calendar', { ...office, hours: {} }, ['/hours']],
    ['an agreement of a partner with itself', 'agreement', { ...agreement, resellerId: '1001' }, ['/resellerId']],
    ['an agreement that ends before it begins', 'agreement', { ...agreement, to: '2025-01-01' }, ['/to']],
    ['an agreement without entries', 'agreement', { ...agreement, entries: [] }, ['/entries']],
    ['two entries with equal conditions', 'agreement', { ...agreement, entries: [{ area: 'payment', assignedTo: 'reseller' }, { area: 'payment', assignedTo: 'provider' }] }, ['/entries/1']],
    ['a shared matter that nobody answers for', 'agreement', { ...agreement, entries: [{ area: 'payment', assignedTo: 'shared' }] }, ['/entries/0/accountable']],
  ])('with %s is refused where it is wrong', (_what, kind, body, fields, id = 'x') => {
    expect(fieldsOf(kind, body, id)).toEqual(fields);
  });
});

describe('the precondition of a write', () => {
  it.each([
    [{ ifNoneMatch: '*' }, { expected: 'nothing' }],
    [{ ifMatch: '*' }, { expected: 'anything' }],
    [{ ifMatch: '"3"' }, { expected: [3] }],
    [{ ifMatch: '"3", "4"' }, { expected: [3, 4] }],
    [{}, { refused: 'missing' }],
    [{ ifMatch: '3' }, { refused: 'unreadable' }],
    [{ ifMatch: 'W/"3"' }, { refused: 'unreadable' }],
    [{ ifMatch: '"3", x' }, { refused: 'unreadable' }],
    [{ ifNoneMatch: '"3"' }, { refused: 'unreadable' }],
    [{ ifMatch: '"3"', ifNoneMatch: '*' }, { refused: 'unreadable' }],
  ])('%j says %j', (headers, expected) => {
    expect(preconditionOf(headers)).toEqual(expected);
  });
});
