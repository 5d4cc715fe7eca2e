import type { createPino } from '@handoff/platform';
import type { KeyRing } from '@handoff/secrets';
import { plainAddressOf } from '../channels/mail/mail-address.js';
import type { NotifierSettings } from '../config.js';
import { MailAddresses } from './mail-addresses.js';
import { type MailListener, openMailListener } from './mail-listener.js';
import { MailRefused } from './mail-refused.js';
import { ReceiveMailHandler, type ReceiveMailPorts } from './receive-mail.handler.js';

/** The addresses of messages; `null` where nobody would read what comes back. */
export function addressesOf({ MAIL_RECEIVE_PORT, MAIL_RECEIVE_DOMAIN, MAIL_FROM }: NotifierSettings, { ring, mailDomain }: { readonly ring: KeyRing; readonly mailDomain: string }): MailAddresses | null {
  return MAIL_RECEIVE_PORT === undefined ? null : new MailAddresses(ring, MAIL_RECEIVE_DOMAIN ?? mailDomain, plainAddressOf(MAIL_FROM));
}

export interface ReceiveMailParts extends ReceiveMailPorts {
  readonly addresses: MailAddresses | null;
  readonly log: Pick<ReturnType<typeof createPino>, 'info' | 'warn'>;
}

/** Begins to receive mail, where that is wanted; `null`: it is not. */
export async function receiveMail({ MAIL_RECEIVE_PORT, MAIL_RECEIVE_DOMAIN, HOST }: NotifierSettings, { addresses, log, ...ports }: ReceiveMailParts): Promise<MailListener | null> {
  if (MAIL_RECEIVE_PORT === undefined || addresses === null) return null;
  return openMailListener({
    port: MAIL_RECEIVE_PORT, host: HOST, name: MAIL_RECEIVE_DOMAIN ?? ports.mailDomain, addresses, handler: new ReceiveMailHandler(ports),
    onReceived: ({ mailId, notificationId, ticketId, kind, outcome }) => log.info({ mailId, notificationId, ticketId, kind, outcome }, 'mail received'),
    onRefused: (err) => log.warn(err instanceof MailRefused ? { reply: `${err.responseCode} ${err.message}` } : { err }, 'A mail that came in was not taken.'),
  });
}
