import { messageOf } from '../../message/content.decision.js';
import { aDelivery, aRoutedEvent } from '../../notification/notification.builders.js';
import { teamsMessageOf } from './teams-card.decision.js';

const cardOf = (overrides: Parameters<typeof aRoutedEvent>[0] = {}) => teamsMessageOf(messageOf(aDelivery(aRoutedEvent(overrides))));

describe('the card for Teams', () => {
  it('says what happened, whose turn it is, what to do, and why', () => {
    for (const text of ['A new ticket is yours to act on.', 'Whose turn it is', 'What to do', 'Why']) expect(cardOf()).toContain(text);
  });

  it('leads to the ticket where it has a web address, and nowhere else', () => {
    expect(JSON.parse(cardOf({ ticket: { externalUrl: 'https://jira.example/SUP-12' } }))).toMatchObject({ attachments: [{ content: { actions: [{ type: 'Action.OpenUrl', url: 'https://jira.example/SUP-12' }] } }] });
    expect(cardOf({ ticket: { externalUrl: 'javascript:alert(1)' } })).not.toContain('"url":"javascript:');
  });

  it('takes what a customer wrote as text, never as Markdown', () => {
    const card = cardOf({ ticket: { description: '[Reset your password](https://evil.example)' } });
    expect(card).toContain('"type":"TextRun","text":"[Reset your password](https://evil.example)"');
    expect(card).not.toContain('"type":"TextBlock"');
  });

  it('stays within what Teams takes, whatever is told', () => {
    const why = Array.from({ length: 40 }, (_, n) => ({ code: `reason-${n}`, text: '理'.repeat(2_000), source: 'x'.repeat(500) }));
    const { decision } = aRoutedEvent().data;
    const card = cardOf({ ticket: { description: '☂'.repeat(100_000), subject: '件'.repeat(5_000) }, decision: { ...decision, reasons: why } });
    expect(Buffer.byteLength(card)).toBeLessThanOrEqual(28_000);
  });
});
