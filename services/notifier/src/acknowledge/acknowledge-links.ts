import type { KeyRing } from '@handoff/secrets';
import { asksToAct } from '../notification/asks-to-act.decision.js';
import type { Notification, Told } from '../notification/notification.js';

const PURPOSE = 'acknowledge-link';
const ID_BYTES = 16;
const TOKEN = /^[A-Za-z0-9_-]{64}$/;

/**
 * The links by which contacts acknowledge. A token is the notification's id and a code over it that only this installation can make, so
 * nothing that would open a link is stored, and every attempt of a message carries the same one.
 */
export class AcknowledgeLinks {
  /** @param publicUrl of this service as contacts reach it; `null`: messages carry no links. */
  constructor(private readonly ring: KeyRing, private readonly publicUrl: string | null) {}

  /** The link of a message; `null` where it asks nobody to act. */
  urlOf(notification: Notification, told: Told): string | null {
    return this.linked(notification, told, () => this.tokenOf(notification.notificationId));
  }

  /** The link as a preview shows it: it opens nothing, so that who may look at a message cannot answer for its contact. */
  previewUrlOf(notification: Notification, told: Told): string | null {
    return this.linked(notification, told, () => 'preview');
  }

  private linked(notification: Notification, told: Told, token: () => string): string | null {
    return asksToAct(notification, told) ? this.linkOf(token) : null;
  }

  /** The link of a message that asks to act, where it is told together with others. */
  urlFor(notificationId: string): string | null {
    return this.linkOf(() => this.tokenOf(notificationId));
  }

  private linkOf(token: () => string): string | null {
    return this.publicUrl === null ? null : `${this.publicUrl.replace(/\/+$/, '')}/a/${token()}`;
  }

  tokenOf(notificationId: string): string {
    return Buffer.concat([Buffer.from(notificationId.replaceAll('-', ''), 'hex'), this.ring.codeOf(notificationId, PURPOSE)]).toString('base64url');
  }

  /** The notification that a token was made for; `null`: it is none of ours. */
  notificationOf(token: string): string | null {
    if (!TOKEN.test(token)) return null;
    const bytes = Buffer.from(token, 'base64url');
    const hex = bytes.toString('hex', 0, ID_BYTES);
    const notificationId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    return this.ring.isCodeOf(bytes.subarray(ID_BYTES), notificationId, PURPOSE) ? notificationId : null;
  }
}
