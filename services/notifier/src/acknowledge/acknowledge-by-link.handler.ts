import { isServiceRequestNumber } from '@handoff/contracts';
import type { Transaction, Transactions } from '@handoff/messaging';
import type { Clock } from '@handoff/platform';
import { acknowledgedEvent } from '../notification/notification.events.js';
import type { AcknowledgeLinks } from './acknowledge-links.js';
import type { AcknowledgementStore, LinkedNotification, Used } from './acknowledgement.store.js';

const DAY_MS = 86_400_000;
/** How long a link can be used, from when its message was planned. */
export const LINK_DAYS = 14;

export interface AcknowledgeByLinkPorts {
  readonly links: AcknowledgeLinks;
  readonly acknowledgements: AcknowledgementStore;
  readonly transactions: Transactions;
  readonly clock: Clock;
}

/** What a link leads to. */
export type Visit =
  | { readonly state: 'unknown' | 'expired' }
  | Shown & { readonly state: 'open' | 'acknowledged' | 'added' }
  /** What was entered is no number of a service request; nothing was taken. */
  | Shown & { readonly state: 'refused'; readonly entered: string }
  | Shown & { readonly state: 'used'; readonly used: Used };

interface Shown {
  readonly subjectLine: string;
  /** Of the contact or else the ticket, BCP 47, where it is known. */
  readonly language: string | null;
  /** Whether the number of a service request belongs to it: its contact hands over to Microsoft, and has told none. */
  readonly asksForServiceRequest: boolean;
}

export interface Said {
  /** Who did, where that is known better than to whom the message went. */
  readonly by: string | null;
  /** As `link`, `reply` or `slack`. */
  readonly via: string;
  /** As it was entered. */
  readonly serviceRequestNumber?: string | null;
}

export class AcknowledgeByLinkHandler {
  constructor(private readonly ports: AcknowledgeByLinkPorts) {}

  /** What the page shows. It changes nothing: scanners of mail follow links. */
  async look(token: string): Promise<Visit> {
    const notificationId = this.ports.links.notificationOf(token);
    if (notificationId === null) return { state: 'unknown' };
    return this.visitOf(await this.ports.transactions.run((tx) => this.ports.acknowledgements.find(tx, notificationId)));
  }

  /** Takes the acknowledgement once, and publishes it in the same transaction. */
  async acknowledge(token: string, said: Said = { by: null, via: 'link' }): Promise<Visit> {
    const notificationId = this.ports.links.notificationOf(token);
    if (notificationId === null) return { state: 'unknown' };
    return this.ports.transactions.run((tx) => this.acknowledgeAs(tx, notificationId, said));
  }

  /** The same for a message that was answered in another way, as by mail. */
  async acknowledgeAs(tx: Transaction, notificationId: string, { by, via, serviceRequestNumber = null }: Said): Promise<Visit> {
    const { acknowledgements, clock } = this.ports;
    const linked = await acknowledgements.find(tx, notificationId);
    const visit = this.visitOf(linked);
    if (linked === null || !('asksForServiceRequest' in visit)) return visit;
    if (serviceRequestNumber !== null && !isServiceRequestNumber(serviceRequestNumber)) return { ...shownOf(linked), state: 'refused', entered: serviceRequestNumber };
    if (visit.state === 'used') return this.addServiceRequest(tx, linked, { visit, via, number: serviceRequestNumber });
    const { addressee, partyName } = linked.notification;
    const used: Used = { at: clock.now(), by: by ?? addressee.name ?? addressee.email ?? partyName, serviceRequestNumber };
    // Of two at once, the second waits here for the first.
    if (!(await acknowledgements.use(tx, notificationId, used))) return this.visitOf(await acknowledgements.find(tx, notificationId));
    await tx.outbox.add([acknowledgedEvent(linked.notification, { at: used.at.toISOString(), by: used.by, via, serviceRequestNumber })]);
    return { ...shownOf(linked), state: 'acknowledged' };
  }

  /** Of a message that was acknowledged before: a service request is often opened only then. */
  private async addServiceRequest(tx: Transaction, { notification, used, ...linked }: LinkedNotification, { visit, via, number }: { readonly visit: Visit; readonly via: string; readonly number: string | null }): Promise<Visit> {
    if (number === null || used === null || !(await this.ports.acknowledgements.addServiceRequest(tx, notification.notificationId, number))) return visit;
    await tx.outbox.add([acknowledgedEvent(notification, { at: this.ports.clock.now().toISOString(), by: used.by, via, serviceRequestNumber: number })]);
    return { ...shownOf({ ...linked, notification, used }), state: 'added' };
  }

  private visitOf(linked: LinkedNotification | null): Visit {
    if (linked === null) return { state: 'unknown' };
    const { used, createdAt } = linked;
    if (used !== null) return { ...shownOf(linked), state: 'used', used };
    if (this.ports.clock.now().getTime() >= createdAt.getTime() + LINK_DAYS * DAY_MS) return { state: 'expired' };
    return { ...shownOf(linked), state: 'open' };
  }
}

function shownOf({ subjectLine, language, notification, used }: LinkedNotification): Shown {
  return { subjectLine, language, asksForServiceRequest: notification.addressee.purposes.includes('hand-over') && (used === null || used.serviceRequestNumber === null) };
}
