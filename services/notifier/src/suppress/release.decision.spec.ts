import { aRoutedEvent, planned } from '../notification/notification.builders.js';
import { releaseOf, SUMMARY_ITEMS_MAX } from './release.decision.js';
import { aSuppression } from './suppression.builders.js';
import { type HeldNotification, OVERTAKEN } from './suppression.store.js';

const at = '2026-11-02T09:00:00.000Z';
const suppression = aSuppression();

function held(externalId: string, overrides: Partial<HeldNotification> = {}): HeldNotification {
  const event = aRoutedEvent({ ticket: { externalId } });
  const { planned: _planned, ...notification } = planned(event);
  return { notification, told: event.data, subjectLine: `[B] Sign-in fails (${externalId})`, reasonAgainst: null, ...overrides };
}

const release = (messages: readonly HeldNotification[], more: Partial<Parameters<typeof releaseOf>[1]> = {}) => releaseOf({ suppression, held: messages }, { suppressions: [], at, singleMessagesMax: 2, ...more });
const idOf = ({ notification }: HeldNotification): string => notification.notificationId;

describe('when a suppression ends', () => {
  it('what it held is sent, where it is little', () => {
    const messages = [held('A'), held('B')];
    expect(release(messages)).toEqual({ outcome: { released: messages.map(idOf), summarised: null, suppressed: [] }, summary: null });
  });

  it('much for one address is told in one message, with each ticket and where it is', () => {
    const messages = [held('A'), held('B'), held('C')];
    const { outcome, summary } = release(messages);
    expect(outcome).toEqual({ released: [], summarised: { notificationIds: messages.map(idOf), summaryId: summary?.notification.notificationId }, suppressed: [] });
    expect(summary?.letter).toMatchObject({ about: 'summary', total: 3, reason: suppression.reason, until: suppression.until });
    expect(summary?.letter.items.map(({ subjectLine }) => subjectLine)).toEqual(['[B] Sign-in fails (A)', '[B] Sign-in fails (B)', '[B] Sign-in fails (C)']);
    expect(summary?.letter.items[0]).toMatchObject({ headline: 'A new ticket is yours to act on.', url: 'https://northwind.example/browse/SUP-12' });
    expect(summary?.notification).toMatchObject({ about: 'summary', target: { channel: 'mail', address: 'support@contoso.example' }, planned: { state: 'pending' } });
  });

  it('the same message comes of it, whoever decides it', () => {
    const messages = [held('A'), held('B'), held('C')];
    expect(release(messages)).toEqual(release(messages));
  });

  it('a summary names the latest, and counts the rest', () => {
    const messages = Array.from({ length: SUMMARY_ITEMS_MAX + 5 }, (_, index) => held(`T-${index}`));
    const { summary } = release(messages);
    expect(summary?.letter).toMatchObject({ total: SUMMARY_ITEMS_MAX + 5 });
    expect(summary?.letter.items).toHaveLength(SUMMARY_ITEMS_MAX);
    expect(summary?.letter.items.at(-1)?.subjectLine).toBe(`[B] Sign-in fails (T-${SUMMARY_ITEMS_MAX + 4})`);
  });

  it('what another suppression is about stays held, by that one', () => {
    const other = aSuppression({ suppressionId: '2b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', until: '2026-11-02T12:00:00.000Z' });
    const message = held('A');
    expect(release([message], { suppressions: [other] }).outcome).toMatchObject({ released: [], suppressed: [{ notificationId: idOf(message), suppressed: { code: 'held', heldBy: { suppressionId: other.suppressionId } } }] });
  });

  it('what a newer message of its ticket has overtaken is not sent', () => {
    const message = held('A', { reasonAgainst: OVERTAKEN });
    expect(release([message, held('B')]).outcome).toMatchObject({ released: [idOf(held('B'))], suppressed: [{ notificationId: idOf(message), suppressed: { code: 'superseded' } }] });
  });
});
