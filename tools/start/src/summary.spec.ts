import { summary, type SummaryFacts } from './summary.js';

const facts: SummaryFacts = {
  engines: ['Kafka on 127.0.0.1:19092 (embedded)', 'PostgreSQL on 127.0.0.1:15432 (embedded)'],
  services: ['intake', 'routing'],
  addresses: {
    intake: 'http://127.0.0.1:8081',
    routing: 'http://127.0.0.1:8082',
    mailbox: 'http://127.0.0.1:8025',
    smtp: 'smtp://127.0.0.1:11025',
  },
  tokenFile: '/srv/handoff/.handoff/token',
  signInUrl: 'http://127.0.0.1:8080/sign-in?code=abc',
  tookMs: 7_250,
  note: undefined,
};

describe('the summary of a start', () => {
  it('names engines, services with their documentation, the mailbox and the token', () => {
    const text = summary(facts);
    expect(text).toContain('Kafka on 127.0.0.1:19092 (embedded)');
    expect(text).toContain('http://127.0.0.1:8082/docs');
    expect(text).toContain('http://127.0.0.1:8025');
    expect(text).toContain('/srv/handoff/.handoff/token');
    expect(text).toContain('\n  http://127.0.0.1:8080/sign-in?code=abc\n');
  });

  it('says which server sends the mail when it is not ours', () => {
    const text = summary({
      ...facts,
      addresses: { ...facts.addresses, mailbox: null, smtp: 'smtp://mail.example:25' },
    });
    expect(text).toContain('sent through smtp://mail.example:25');
  });
});
