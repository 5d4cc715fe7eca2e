import { counter, gauge, histogram } from '@handoff/platform';

export const attemptsTotal = counter('handoff_notification_attempts_total', 'Attempts to deliver, by channel and what came of them', ['channel', 'outcome', 'code']);
export const attemptSeconds = histogram('handoff_notification_attempt_seconds', 'How long attempts took', ['channel']);
export const deliveriesTotal = counter('handoff_deliveries_total', 'Notifications that were delivered, given up or suppressed', ['channel', 'outcome']);
export const receivedMailsTotal = counter('handoff_received_mails_total', 'Mails that came back: what they were, and what they did', ['kind', 'outcome']);
export const oldestUndeliveredSeconds = gauge('handoff_oldest_undelivered_seconds', 'Age of the oldest notification that is still to be delivered; 0: there is none');
export const inHandNotifications = gauge('handoff_notifications_in_hand', 'Notifications in memory: being sent, or about to be');
