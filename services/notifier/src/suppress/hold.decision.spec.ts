import fc from 'fast-check';
import { aRecipient, aRoutedEvent, planned } from '../notification/notification.builders.js';
import { endOf, factsOf, heldBack, holderOf, isAbout, type HoldFacts, stateAt } from './hold.decision.js';
import { aSuppression } from './suppression.builders.js';
import type { Match, Suppression } from './suppression.js';

const at = '2026-11-02T08:30:00.000Z';
const facts = (overrides: Partial<HoldFacts> = {}): HoldFacts => ({
  destination: 'isv/contoso', address: 'support@contoso.example', channel: 'mail', queue: 'isv/contoso', offerId: 'contoso-crm', severity: 'B', isLastResort: false, ...overrides,
});

describe('which messages a suppression holds', () => {
  it.each<[string, Match, boolean]>([
    ['the contacts of a party', { destination: 'isv/contoso' }, true],
    ['those of another party', { destination: 'partner/1001' }, false],
    ['an address, in any case', { address: 'Support@Contoso.example' }, true],
    ['another address', { address: 'desk@contoso.example' }, false],
    ['a channel', { channel: 'mail' }, true],
    ['another channel', { channel: 'webhook' }, false],
    ['a queue', { queue: 'isv/contoso' }, true],
    ['another queue', { queue: 'triage' }, false],
    ['an offer', { offerId: 'contoso-crm' }, true],
    ['another offer', { offerId: 'contoso-erp' }, false],
    ['all that is named together', { destination: 'isv/contoso', offerId: 'contoso-crm', channel: 'mail' }, true],
    ['not what fits a part only', { destination: 'isv/contoso', offerId: 'contoso-erp' }, false],
    ['everything, where that is said', { everything: true }, true],
    ['nothing, where nothing is named', {}, false],
  ])('%s', (_what, match, held) => {
    expect(isAbout(aSuppression({ match }), facts())).toBe(held);
  });

  it('lets severity A pass, unless it says otherwise', () => {
    expect(isAbout(aSuppression(), facts({ severity: 'A' }))).toBe(false);
    expect(isAbout(aSuppression({ includesSeverityA: true }), facts({ severity: 'A' }))).toBe(true);
  });

  it('never silences the last resort by its queue or offer, only by its contact', () => {
    const last = facts({ isLastResort: true });
    for (const match of [{ queue: 'isv/contoso' }, { offerId: 'contoso-crm' }, { channel: 'mail' }, { everything: true }] as const) expect(isAbout(aSuppression({ match, includesSeverityA: true }), last)).toBe(false);
    expect(isAbout(aSuppression(), last)).toBe(true);
    expect(isAbout(aSuppression({ match: { address: 'support@contoso.example' } }), last)).toBe(true);
  });

  it('has no queue for what is about no ticket', () => {
    const [notification, letter] = [planned(aRoutedEvent()), { about: 'summary', ticketId: 'x', ticketVersion: 1, suppressionId: 'x', reason: '', from: at, until: at, total: 0, items: [] } as const];
    expect(factsOf(notification, letter)).toMatchObject({ queue: null, offerId: null, severity: null });
  });
});

describe('when it holds', () => {
  it('from its beginning until before its end, or until somebody ends it', () => {
    const suppression = aSuppression();
    expect(['07:59:59.999', '08:00:00.000', '08:59:59.999', '09:00:00.000'].map((time) => stateAt(suppression, `2026-11-02T${time}Z`))).toEqual(['scheduled', 'in-force', 'in-force', 'ended']);
    const ended = aSuppression({ ended: { at: '2026-11-02T08:10:00.000Z', by: 'ada' } });
    expect([stateAt(ended, '2026-11-02T08:09:59.999Z'), stateAt(ended, '2026-11-02T08:10:00.000Z')]).toEqual(['in-force', 'ended']);
  });

  it('gives the held message the reason and the end', () => {
    expect(heldBack(planned(aRoutedEvent()), aRoutedEvent().data, { suppressions: [aSuppression()], at }).planned).toEqual({
      state: 'suppressed', code: 'held', detail: 'Held until 2026-11-02T09:00:00.000Z by a suppression of ada: The desk moves house.',
      heldBy: { suppressionId: aSuppression().suppressionId, until: '2026-11-02T09:00:00.000Z' },
    });
  });

  it('leaves what cannot be sent anyway as it is', () => {
    const failed = planned(aRoutedEvent({ recipients: [aRecipient({ email: null })] }));
    expect(heldBack(failed, aRoutedEvent().data, { suppressions: [aSuppression()], at })).toBe(failed);
  });
});

describe('of any suppressions and message', () => {
  const instants = fc.integer({ min: 0, max: 100 }).map((minutes) => new Date(Date.UTC(2026, 10, 2, 8, minutes)).toISOString());
  const texts = fc.constantFrom('isv/contoso', 'partner/1001');
  const matches = fc.oneof(fc.constant<Match>({ everything: true }), fc.record({ destination: texts, queue: texts, channel: fc.constantFrom('mail' as const, 'webhook' as const), offerId: fc.constantFrom('crm', 'erp') }, { requiredKeys: [] }) as fc.Arbitrary<Match>);
  const suppressions = fc.array(fc.record({ suppressionId: fc.uuid(), match: matches, includesSeverityA: fc.boolean(), from: instants, until: instants, endedAt: fc.option(instants) })
    .map(({ endedAt, ...some }): Suppression => aSuppression({ ...some, ended: endedAt === null ? null : { at: endedAt, by: 'ada' } })), { maxLength: 6 });
  const messages: fc.Arbitrary<HoldFacts> = fc.record({
    destination: texts, address: fc.constant('support@contoso.example'), channel: fc.constantFrom('mail', 'webhook'), queue: fc.option(texts), offerId: fc.option(fc.constantFrom('crm', 'erp')),
    severity: fc.option(fc.constantFrom('A' as const, 'B' as const, 'C' as const)), isLastResort: fc.boolean(),
  });

  it('the holder is in force, is about the message, and no other such ends later', () => {
    fc.assert(fc.property(suppressions, messages, instants, (all, message, now) => {
      const holder = holderOf(message, all, now);
      const fit = all.filter((one) => Date.parse(one.from) <= Date.parse(now) && Date.parse(now) < Date.parse(endOf(one)) && isAbout(one, message));
      if (holder === null) return fit.length === 0;
      return fit.includes(holder) && fit.every((one) => endOf(one) <= endOf(holder));
    }));
  });

  it('the order in which they are known makes no difference', () => {
    fc.assert(fc.property(suppressions, messages, instants, (all, message, now) => {
      expect(holderOf(message, [...all].reverse(), now)?.suppressionId).toBe(holderOf(message, all, now)?.suppressionId);
    }));
  });

  it('naming more holds no more', () => {
    fc.assert(fc.property(matches, messages, (match, message) => {
      const narrower: Match = { ...match, destination: 'isv/contoso' };
      fc.pre(!message.isLastResort && (match.everything === true || Object.keys(match).length > 0));
      return !isAbout(aSuppression({ match: narrower }), message) || isAbout(aSuppression({ match }), message) || match.destination === 'partner/1001';
    }));
  });

  it('severity A is held only by what includes it', () => {
    fc.assert(fc.property(suppressions, messages, instants, (all, message, now) => holderOf({ ...message, severity: 'A' }, all, now)?.includesSeverityA !== false));
  });
});
