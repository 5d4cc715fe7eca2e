import type { DirectorySlice, ResponseTarget } from '../directory/directory.js';
import type { TicketState } from '../tickets/ticket.js';
import type { AcknowledgementMode, TicketTarget } from './response.js';

export interface TargetFacts {
  readonly ticket: TicketState;
  readonly offerId: string | null;
  /** Destinations whose turn it is. */
  readonly asked: readonly string[];
  readonly directory: DirectorySlice;
}

/** Nobody said how bad it is: the least urgent. */
const SEVERITY_UNTOLD = 'C';

/**
 * The response target of a ticket by its severity: that of the offer's plan, else of the offer, else of the partner that acts,
 * of several the shortest. `null` where none is set.
 */
export function targetOf({ ticket, offerId, asked, directory }: TargetFacts): TicketTarget | null {
  const offer = directory.offers.get(offerId ?? '');
  const planId = directory.subscriptions.get(ticket.subscriptionId ?? '')?.planId;
  const plan = planId === undefined ? undefined : offer?.plans?.find(({ id }) => id === planId);
  const partners = asked.flatMap((destination) => partnerOf(destination, directory)?.responseTargets ?? []);
  const severity = ticket.severity ?? SEVERITY_UNTOLD;
  for (const targets of [plan?.responseTargets, offer?.responseTargets, partners]) {
    const fitting = shortest(targets?.filter((target) => target.severity === severity) ?? []);
    if (fitting !== undefined) return { minutes: fitting.minutes, calendarId: fitting.calendarId ?? null };
  }
  return null;
}

/** Whether all who are asked must acknowledge: as soon as one of them wants it so. */
export function modeOf(asked: readonly string[], directory: DirectorySlice): AcknowledgementMode {
  const wantsAll = (destination: string): boolean => (partnerOf(destination, directory) ?? publisherOf(destination, directory))?.acknowledgement === 'all';
  return asked.some(wantsAll) ? 'all' : 'first';
}

function shortest(targets: readonly ResponseTarget[]): ResponseTarget | undefined {
  return targets.toSorted((a, b) => a.minutes - b.minutes)[0];
}

function partnerOf(destination: string, { partners }: DirectorySlice) {
  return destination.startsWith('partner/') ? partners.get(destination.slice('partner/'.length)) : undefined;
}

function publisherOf(destination: string, { publishers }: DirectorySlice) {
  return destination.startsWith('isv/') ? publishers.get(destination.slice('isv/'.length)) : undefined;
}
