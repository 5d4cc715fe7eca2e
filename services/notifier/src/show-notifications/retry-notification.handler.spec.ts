import { aChannel, aRecipient, aRoutedEvent, planned } from '../notification/notification.builders.js';
import type { NotificationRecord } from './notification.store.js';
import { retryTarget } from './retry-notification.handler.js';

function failed(overrides: Partial<NotificationRecord> = {}, email: string | null = 'support@contoso.example'): NotificationRecord {
  const notification = planned(aRoutedEvent({ recipients: [aRecipient({ email })] }));
  return { ...notification, state: 'failed', code: 'rejected', detail: null, receipt: null, overtakes: false, suppressionId: null, summaryId: null, nextAttemptAt: null, attemptsLeft: 0, createdAt: '', finishedAt: '', attempts: [], ...overrides };
}

const webhook = { channel: 'webhook', channelId: aChannel().channelId, address: 'https://hooks.contoso.example/in' } as const;
const other = aChannel({ channelId: '1f8fad5b-d9cb-469f-a165-70867728950e', kind: 'mail', address: 'new@contoso.example' });

describe('where a notification goes that is retried by hand', () => {
  it('is where it went before, as long as that holds', () => {
    expect(retryTarget(failed(), [aChannel()])).toMatchObject({ channel: 'mail', address: 'support@contoso.example' });
    expect(retryTarget(failed({ target: webhook }), [other, aChannel()])).toEqual(webhook);
  });

  it('is where the contact is reached now, when its channel is gone or disabled', () => {
    expect(retryTarget(failed({ target: webhook }), [aChannel({ enabled: false }), other])).toMatchObject({ channel: 'mail', channelId: other.channelId });
    expect(retryTarget(failed({ target: webhook }), [])).toMatchObject({ channel: 'mail', channelId: null, address: 'support@contoso.example' });
  });

  it('is a channel that was configured since, when its mail came back', () => {
    expect(retryTarget(failed({ code: 'bounced' }), [aChannel()])).toEqual(webhook);
    expect(retryTarget(failed({ code: 'bounced' }), [])).toMatchObject({ channel: 'mail', address: 'support@contoso.example' });
  });

  it('is one system alone for what tells it that a ticket of its own is over', () => {
    const desk = aChannel({ kind: 'ticketing', ticketing: { system: 'zendesk', settings: {}, source: null } });
    const target = { channel: 'ticketing', channelId: desk.channelId, address: desk.address } as const;
    const departure = failed({ target, purpose: 'inform', addressee: { ...failed().addressee, purposes: [] } });
    expect([retryTarget(departure, [desk, other]), retryTarget(departure, [other])]).toEqual([target, null]);
  });

  it('is no ticketing system for what is about no ticket', () => {
    const desk = aChannel({ kind: 'ticketing', ticketing: { system: 'zendesk', settings: {}, source: null } });
    expect(retryTarget(failed({ about: 'health-notice', target: webhook }), [desk, other])).toMatchObject({ channel: 'mail', channelId: other.channelId });
    expect(retryTarget(failed({ target: webhook }), [desk])).toMatchObject({ channel: 'ticketing' });
  });

  it('is the channel that was configured since, for a contact that had none', () => {
    const nowhere = failed({}, null);
    expect(nowhere.target.channel).toBe('none');
    expect(retryTarget(nowhere, [])).toBeNull();
    expect(retryTarget(nowhere, [aChannel()])).toEqual(webhook);
  });
});
