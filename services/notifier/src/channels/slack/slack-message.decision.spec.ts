import { messageOf } from '../../message/content.decision.js';
import { aDelivery, aRoutedEvent } from '../../notification/notification.builders.js';
import { slackMessageOf } from './slack-message.decision.js';

const messageAbout = (overrides: Parameters<typeof aRoutedEvent>[0] = {}) => slackMessageOf(messageOf(aDelivery(aRoutedEvent(overrides))));

describe('the message for Slack', () => {
  it('says what happened, whose turn it is, what to do, and why', () => {
    const text = JSON.stringify(messageAbout());
    for (const part of ['A new ticket is yours to act on.', '*Whose turn it is*', '*What to do*', '*Why you get this*', '*How it was decided*']) expect(text).toContain(part);
  });

  it('can mention nobody and hide no link, whatever a customer wrote', () => {
    const text = JSON.stringify(messageAbout({ ticket: { subject: '<!channel> & <https://evil.example|our site>', description: '<@U123>' } }));
    expect(text).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|our site&gt;');
    expect(text).toContain('>&lt;@U123&gt;');
    expect(text).not.toMatch(/<[!@#]/);
  });

  it('leads to the ticket where it has a web address', () => {
    expect(JSON.stringify(messageAbout({ ticket: { externalUrl: 'https://jira.example/a|b>c' } }))).toContain('*<https://jira.example/a%7Cb%3Ec|');
  });

  it('stays within the limits of a block, whatever is told', () => {
    const { decision } = aRoutedEvent().data;
    const reasons = Array.from({ length: 60 }, (_, n) => ({ code: `reason-${n}`, text: '&'.repeat(2_000), source: 's' }));
    const { blocks } = messageAbout({ ticket: { description: 'line\n'.repeat(50_000), subject: 'x'.repeat(5_000) }, decision: { ...decision, reasons } });
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks as { text?: { text: string } }[]) expect((block.text?.text ?? '').length).toBeLessThanOrEqual(3_000);
  });
});
