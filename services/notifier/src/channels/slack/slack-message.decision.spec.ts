import { messageOf } from '../../message/content.decision.js';
import { aDelivery, aRoutedEvent } from '../../notification/notification.builders.js';
import { slackMessageOf } from './slack-message.decision.js';

const messageAbout = (overrides: Parameters<typeof aRoutedEvent>[0] = {}) => slackMessageOf(messageOf(aDelivery(aRoutedEvent(overrides))));

describe('the message for Slack', () => {
  it('says what happened, whose turn it is, what to do, and why', () => {
    const text = JSON.stringify(messageAbout());
    for (const part of ['A new ticket is yours to act on.', 'Whose turn it is', 'What to do', 'Why you get this', 'How it was decided']) expect(text).toContain(part);
  });

  it('shows what a customer wrote as text that is never read for mentions, links or markup', () => {
    const { text, blocks } = messageAbout({ ticket: { subject: '<!channel> & <https://evil.example|our site>', description: '<@U123> *bold*' } });
    expect(text).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|our site&gt;');
    expect(blocks).toContainEqual({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'Description', style: { bold: true } }] }, { type: 'rich_text_quote', elements: [{ type: 'text', text: '<@U123> *bold*' }] }] });
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
  });

  it('leads to the ticket where it has a web address, and nowhere else', () => {
    expect(messageAbout({ ticket: { externalUrl: 'https://jira.example/a|b>c' } }).blocks[1]).toEqual({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url: 'https://jira.example/a|b%3Ec', text: '[B] Sign-in fails (SUP-12)', style: { bold: true } }] }] });
    expect(JSON.stringify(messageAbout({ ticket: { externalUrl: 'javascript:alert(1)' } }))).not.toContain('"url":"javascript:');
  });

  it('stays within the limits of a block, whatever is told', () => {
    const { decision } = aRoutedEvent().data;
    const reasons = Array.from({ length: 60 }, (_, n) => ({ code: `reason-${n}`, text: '&'.repeat(2_000), source: 's' }));
    const { blocks } = messageAbout({ ticket: { description: 'line\n'.repeat(50_000), subject: 'x'.repeat(5_000) }, decision: { ...decision, reasons } });
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) expect(JSON.stringify(block).length).toBeLessThanOrEqual(4_000);
    expect(JSON.stringify(blocks).match(/&{1000}/g)).toHaveLength(2);
  });
});
