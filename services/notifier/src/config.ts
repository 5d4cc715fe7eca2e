import { egressSettings } from '@handoff/outbound';
import { keySettings, readSettings, serviceSettings } from '@handoff/platform';
import { z } from 'zod';
import { isMailAddress, mailDomainOf } from './channels/mail/mail-address.js';

const settings = serviceSettings.extend(keySettings.shape).extend({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8083),
  /** The mail server that takes outgoing mail, as `smtp://user:password@mail.example:587`. */
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://'),
  MAIL_FROM: z.string().refine((value) => mailDomainOf(value) !== null, "must be an address, as 'Handoff <handoff@contoso.example>'").default('Handoff <handoff@localhost.localdomain>'),
  /** Right half of Message-IDs. Default: the domain of MAIL_FROM. It must stay the same, or threads break. */
  MAIL_DOMAIN: z.string().regex(/^[a-z0-9.-]+$/i, 'must be a domain name').optional(),
  /** Where answers to mail and reports of mail servers are received, by SMTP; 0: any free port. Without it nobody reads them. */
  MAIL_RECEIVE_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Right half of the addresses for answers and reports; its mail must reach MAIL_RECEIVE_PORT. Default: MAIL_DOMAIN. */
  MAIL_RECEIVE_DOMAIN: z.string().regex(/^[a-z0-9.-]+$/i, 'must be a domain name').optional(),
  /** `selector._domainkey.domain` of the DNS record that has the public key, as `handoff._domainkey.contoso.example`. With DKIM_KEY_FILE: mail is signed. */
  DKIM_RECORD: z.string().regex(/^[a-z0-9-]+\._domainkey\.[a-z0-9.-]+$/i, 'must be <selector>._domainkey.<domain>').optional(),
  /** A file with the RSA private key, in PEM. */
  DKIM_KEY_FILE: z.string().optional(),
  /** How long one send may take, from connecting to the answer. */
  SEND_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  /** Sends under way. */
  DELIVERIES_CONCURRENT_MAX: z.coerce.number().int().min(1).max(2_000).default(32),
  /** Sends under way or not yet recorded: the most that can be repeated after a crash. */
  DELIVERIES_UNRECORDED_MAX: z.coerce.number().int().min(1).max(10_000).default(256),
  /** Messages in a minute to one mailbox or chat whose channel does not say; more become one message. Without it each ticket has its own. */
  MESSAGES_PER_MINUTE_MAX: z.coerce.number().int().min(1).max(60_000).optional(),
  /** For how long a channel may fail without a break before it is disabled; operations are warned after half of it. */
  CHANNEL_FAILING_HOURS_MAX: z.coerce.number().int().min(1).max(2_160).default(120),
  /** Sends under way to one address: a channel, or a mailbox. */
  DELIVERIES_PER_DESTINATION_MAX: z.coerce.number().int().min(1).max(2_000).default(4),
  /** How long a suppression may last. */
  SUPPRESSION_HOURS_MAX: z.coerce.number().int().min(1).max(8_784).default(168),
  /** How long before its end a suppression's author and operations are told. */
  SUPPRESSION_WARNING_MINUTES: z.coerce.number().int().min(1).max(1_440).default(30),
  /** When a suppression ends, more messages than this for one address are told in one. */
  SUPPRESSION_SINGLE_MESSAGES_MAX: z.coerce.number().int().min(0).max(1_000).default(5),
  /** Mail address of those who look after this installation. */
  OPERATIONS_MAIL: z.string().refine(isMailAddress, 'must be one mail address').optional(),
  /** The address of this service as others see it; links of messages begin with it, and receivers are told it in User-Agent. Without it messages carry no links. */
  HANDOFF_PUBLIC_URL: z.url().optional(),
  /** A folder with `en.txt` and `tr.txt`, or one of them: what messages say in place of our own words. */
  MESSAGE_TEXTS_DIR: z.string().min(1).optional(),
  /** A folder with `channels.json`, loaded once, when there is no channel. */
  HANDOFF_DEMO_DIR: z.string().optional(),
  ...egressSettings,
});

export type NotifierSettings = z.output<typeof settings>;

/** The only place of this service that reads the environment. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): NotifierSettings {
  return readSettings(settings, env);
}
