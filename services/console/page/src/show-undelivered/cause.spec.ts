import { causeOfLetters, causeOfNotifications, causeOfParked, remedyOf } from './cause.js';

const notification = { state: 'failed', code: 'rejected', channel: 'mail', destination: 'isv/contoso', notifications: 3, detail: 'No such user', lastAt: '2026-11-02T08:00:00.000Z', nextAttemptAt: null, isResendable: true } as const;

describe('what needs a person', () => {
  it('can be sent again where it was given up, and not while it is tried or held', () => {
    expect(causeOfNotifications(notification)).toMatchObject({ state: 'given-up', canRetry: true, about: 'isv/contoso', count: 3 });
    expect(causeOfNotifications({ ...notification, state: 'pending', isResendable: false })).toMatchObject({ state: 'retrying', canRetry: false });
    expect(causeOfNotifications({ ...notification, state: 'suppressed', code: 'held', isResendable: false })).toMatchObject({ state: 'held', canRetry: false });
    expect(causeOfParked({ source: 'desk', code: 'source-paused', deliveries: 1, detail: '', lastAt: '' })).toMatchObject({ state: 'held', canRetry: false });
    expect(causeOfLetters('routing', { reason: 'behind-parked', state: 'waiting', type: null, records: 1, detail: '', lastAt: '', nextRetryAt: null })).toMatchObject({ state: 'waiting', canRetry: false });
  });

  it('has a remedy of its own where we know one, else that of its kind', () => {
    expect([remedyOf({ kind: 'notification', code: 'rejected' }), remedyOf({ kind: 'letter', code: 'offer-broken' })]).toEqual(['remedy.rejected', 'remedy.any-letter']);
  });
});
