import type { Notification, Told } from './notification.js';

/** Whether a message asks somebody to act, so that an answer to it acknowledges the ticket. */
export function asksToAct({ purpose }: Pick<Notification, 'purpose'>, { change }: Pick<Told, 'change'>): boolean {
  return purpose !== 'inform' && change !== 'closed';
}
