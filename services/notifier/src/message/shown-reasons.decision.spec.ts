import { compile, decide, DEFAULT_MATRIX, factsOf, textIn } from '@handoff/matrix';
import { shownReasons } from './shown-reasons.decision.js';

const reason = (code: string, more: object = {}) => ({ code, text: `${code} in words`, source: 's', ...more });

describe('the reasons that a contact reads', () => {
  it('are for a publisher those without what partners agreed, and for partners all', () => {
    const reasons = ['matrix-row', 'agreement-entry', 'shared-by-agreement', 'no-agreement-in-force', 'support-contact-designated', 'provider-by-default', 'no-reseller-known', 'contact-chosen'].map((code) => reason(code));
    expect(shownReasons(reasons, { role: 'isv-publisher' }).map(({ code }) => code)).toEqual(['matrix-row', 'contact-chosen']);
    for (const role of ['direct-bill-partner', 'indirect-provider', 'indirect-reseller'] as const) expect(shownReasons(reasons, { role })).toEqual(reasons);
  });

  it('name nobody who classified the ticket, in any language', () => {
    const byAda = reason('classified-by-person', { text: 'The area payment was set by ada at T.', message: 'classified-by-person', params: { area: 'payment', by: 'ada', at: '2026-11-02T08:05:00.000Z' } });
    const [shown] = shownReasons([byAda], { role: 'indirect-provider' });
    expect(shown).toMatchObject({ code: 'classified-by-person', text: 'The area payment was set by a person at 2026-11-02T08:05:00.000Z.' });
    expect(JSON.stringify([shown, textIn(shown ?? byAda, 'tr')])).not.toContain('ada at');
    expect(shown?.params).not.toHaveProperty('by');
    expect(textIn(shown ?? byAda, 'tr')).toContain('bir kişi');
  });

  it('name nobody who moved the ticket, in any language', () => {
    const byAda = reason('reassigned-by-person', { text: 'ada moved the ticket at T.', message: 'reassigned-by-person', params: { by: 'ada', at: '2026-11-02T08:05:00.000Z' } });
    const [shown] = shownReasons([byAda], { role: 'isv-publisher' });
    expect(shown?.text).toBe('A person moved the ticket at 2026-11-02T08:05:00.000Z; by the rules it would be with others.');
    expect(JSON.stringify([shown, textIn(shown ?? byAda, 'tr')])).not.toContain('ada moved');
    expect(textIn(shown ?? byAda, 'tr')).toContain('bir kişi');
  });

  it('are all for operations', () => {
    const reasons = [reason('agreement-entry'), reason('classified-by-person')];
    expect(shownReasons(reasons, null)).toEqual(reasons);
  });

  it('leave out who classified the ticket where it was told as one sentence', () => {
    expect(shownReasons([reason('classified-by-person', { text: 'The area payment was set by ada at T.' })], { role: 'indirect-provider' })).toEqual([]);
  });

  it('of a decision between provider and reseller tell a publisher of neither', () => {
    const question = {
      ticket: { area: 'break-fix', severity: 'B', asker: 'customer', at: '2026-11-01T09:00:00Z' }, offer: { id: 'contoso-crm', publisherId: 'contoso', ownership: 'third-party', kind: 'saas', contacts: { customerSupport: { url: 'https://support.contoso.example' } } },
      subscription: { channel: 'csp', partner: { model: 'indirect', providerId: '1001', resellerId: '2002' } },
    } as const;
    const { reasons } = decide(factsOf(question, '2026-11-01T09:00:00Z'), compile(DEFAULT_MATRIX));
    const shown = shownReasons(reasons, { role: 'isv-publisher' });
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.map(({ code }) => code)).not.toContain('provider-by-default');
  });
});
