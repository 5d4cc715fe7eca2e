import { isUuid } from '@handoff/contracts';
import type { KeyRing } from '@handoff/secrets';
import { base32Of, bytesOfBase32 } from './base32.js';

const ID_BYTES = 16;
/** Enough that nobody finds one by trying. A whole code would not fit: RFC 5321 section 4.5.3.1.1 allows 64 characters before the @. */
const CODE_BYTES = 16;
const TAGGED = /^(reply|bounce)\+([a-z2-7]{52})$/;

/** Whom a received mail concerns. `bounce` without a notification: its report must name the message. */
export type Addressed =
  | { readonly kind: 'reply' | 'bounce'; readonly notificationId: string }
  | { readonly kind: 'bounce'; readonly notificationId: null };

/**
 * The addresses of each message: where answers to it go, and where mail servers report that it did not arrive. A token is the notification's
 * id and a code over it that only this installation can make, one for each use: nothing is stored, and no address can be guessed.
 */
export class MailAddresses {
  /**
   * @param domain whose mail reaches us.
   * @param from of our mail: some servers report there, against RFC 5321 section 6.1.
   */
  constructor(private readonly ring: KeyRing, private readonly domain: string, private readonly from: string | null = null) {}

  replyAddressOf(notificationId: string): string {
    return this.tagged('reply', notificationId);
  }

  /** The sender on the envelope (variable envelope return path). */
  bounceAddressOf(notificationId: string): string {
    return this.tagged('bounce', notificationId);
  }

  /** `null`: the address is none of ours. */
  find(address: string): Addressed | null {
    const at = address.lastIndexOf('@');
    if (address.slice(at + 1).toLowerCase() !== this.domain.toLowerCase()) return null;
    const local = address.slice(0, at).toLowerCase();
    if (local === 'bounce' || address.toLowerCase() === this.from?.toLowerCase()) return { kind: 'bounce', notificationId: null };
    const [, kind, token = ''] = TAGGED.exec(local) ?? [];
    if (kind !== 'reply' && kind !== 'bounce') return null;
    const notificationId = this.notificationOf(kind, token);
    return notificationId === null ? null : { kind, notificationId };
  }

  private tagged(kind: 'reply' | 'bounce', notificationId: string): string {
    const token = Buffer.concat([Buffer.from(notificationId.replaceAll('-', ''), 'hex'), this.ring.codeOf(notificationId, purposeOf(kind), CODE_BYTES)]);
    return `${kind}+${base32Of(token)}@${this.domain}`;
  }

  private notificationOf(kind: 'reply' | 'bounce', token: string): string | null {
    const bytes = bytesOfBase32(token);
    if (bytes?.length !== ID_BYTES + CODE_BYTES) return null;
    const hex = bytes.toString('hex', 0, ID_BYTES);
    const notificationId = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    return isUuid(notificationId) && this.ring.isCodeOf(bytes.subarray(ID_BYTES), notificationId, purposeOf(kind), CODE_BYTES) ? notificationId : null;
  }
}

function purposeOf(kind: 'reply' | 'bounce'): string {
  return `${kind}-address`;
}
