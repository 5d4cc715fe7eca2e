import { aChannel, aRecipient, aRoutedEvent } from '../notification/notification.builders.js';
import { planNotifications } from './plan.decision.js';

const nothing = { channels: new Map(), plannedVersion: 0 };
const withChannels = (...channels: ReturnType<typeof aChannel>[]) => ({ channels: Map.groupBy(channels, ({ destination }) => destination), plannedVersion: 0 });

describe('planning the notifications of a routed ticket', () => {
  it('sends mail to the address of the contact where no channel is configured', () => {
    expect(planNotifications(aRoutedEvent(), nothing)).toMatchObject([
      { destination: 'isv/contoso', purpose: 'act', target: { channel: 'mail', channelId: null, address: 'support@contoso.example' }, planned: { state: 'pending' } },
    ]);
  });

  it('uses every enabled channel of the destination instead of the mail address', () => {
    const facts = withChannels(aChannel(), aChannel({ channelId: '1f8fad5b-d9cb-469f-a165-70867728950e', kind: 'mail', address: 'tickets@contoso.example' }));
    expect(planNotifications(aRoutedEvent(), facts).map(({ target }) => [target.channel, target.address])).toEqual([
      ['webhook', 'https://hooks.contoso.example/in'], ['mail', 'tickets@contoso.example'],
    ]);
  });

  it.each([
    ['is disabled', { enabled: false }],
    ['is for other purposes', { purposes: ['inform'] as const }],
    ['is of another destination', { destination: 'isv/tailspin' }],
  ])('goes back to mail when the channel %s', (_why, overrides) => {
    const pending = planNotifications(aRoutedEvent(), withChannels(aChannel(overrides))).filter(({ planned }) => planned.state === 'pending');
    expect(pending).toMatchObject([{ target: { channel: 'mail', channelId: null } }]);
  });

  it('keeps what a disabled channel misses, so that it can be sent when the channel is enabled again', () => {
    const disabled = aChannel({ enabled: false });
    expect(planNotifications(aRoutedEvent(), withChannels(disabled))).toMatchObject([
      { target: { channel: 'mail' }, planned: { state: 'pending' } }, { target: { channel: 'webhook', channelId: disabled.channelId }, planned: { state: 'suppressed', code: 'channel-disabled' } },
    ]);
    expect(planNotifications(aRoutedEvent(), withChannels(aChannel({ enabled: false, purposes: ['inform'] })))).toHaveLength(1);
  });

  it('sends to a mailbox of a disabled channel what somebody else is to get there', () => {
    const recipients = [aRecipient({ email: 'other@contoso.example' }), aRecipient({ purpose: 'inform', destination: 'partner/1001', email: 'desk@contoso.example' })];
    const plan = planNotifications(aRoutedEvent({ recipients }), withChannels(aChannel({ kind: 'mail', address: 'desk@contoso.example', enabled: false })));
    expect(plan.map(({ target, planned }) => [target.address, planned.state])).toEqual([['other@contoso.example', 'pending'], ['desk@contoso.example', 'pending']]);
  });

  it.each([['no address', null], ['two addresses in one', 'a@contoso.example, b@contoso.example'], ['an address with a line break', 'a@contoso.example\r\nBcc: b@contoso.example']])(
    'keeps a visible failure for a contact with %s', (_what, email) => {
      expect(planNotifications(aRoutedEvent({ recipients: [aRecipient({ email })] }), nothing)).toMatchObject([
        { target: { channel: 'none', address: null }, planned: { state: 'failed', code: 'no-channel' } },
      ]);
    });

  it('tells one mailbox once, by the most urgent purpose, with the contacts of both', () => {
    const contact = (kind: string) => ({ kind, partyName: 'Contoso', for: 'csp-partner' });
    const recipients = [
      aRecipient({ purpose: 'inform', destination: 'partner/1001', mayContact: [contact('engineering'), contact('csp-program')] }),
      aRecipient({ purpose: 'act', email: 'Support@Contoso.example', mayContact: [contact('engineering')] }),
    ];
    const plan = planNotifications(aRoutedEvent({ recipients }), nothing);
    expect(plan).toHaveLength(1);
    expect(plan[0]).toMatchObject({ purpose: 'act', destination: 'isv/contoso', addressee: { purposes: ['act', 'inform'], mayContact: [contact('engineering'), contact('csp-program')] } });
  });

  it('gives a notification the same id however often it is planned, and another one for each version and address', () => {
    const idOf = (event: ReturnType<typeof aRoutedEvent>) => planNotifications(event, nothing)[0]?.notificationId;
    const other = aRoutedEvent({ recipients: [aRecipient({ email: 'other@contoso.example' })] });
    expect(idOf(aRoutedEvent())).toBe(idOf(aRoutedEvent()));
    expect(new Set([idOf(aRoutedEvent()), idOf(aRoutedEvent({ ticketVersion: 2 })), idOf(other)]).size).toBe(3);
  });

  it('does not send what a newer version of the ticket has overtaken, and says so', () => {
    expect(planNotifications(aRoutedEvent({ ticketVersion: 2 }), { channels: new Map(), plannedVersion: 3 })).toMatchObject([{ planned: { state: 'suppressed', code: 'superseded' } }]);
  });

  it('shows a webhook URL without the secrets in it', () => {
    const plan = planNotifications(aRoutedEvent(), withChannels(aChannel({ address: 'https://hooks.contoso.example/in?sig=hunter2' })));
    expect(plan[0]?.target.address).toBe('https://hooks.contoso.example/in?…');
  });
});
