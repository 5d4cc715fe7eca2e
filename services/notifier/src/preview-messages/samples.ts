import { type EscalationStep, ESCALATION_STEPS, type EventOf, type Recipient, ticketIdOf } from '@handoff/contracts';
import type { Told } from '../notification/notification.js';

const NEWS = ['new', 'moved', 'updated', 'commented', 'closed'] as const;
const PURPOSES = ['act', 'hand-over', 'inform'] as const;

export type SampleKind = `${(typeof PURPOSES)[number]}.${(typeof NEWS)[number]}` | EscalationStep;

/** Every kind of message: a purpose with what happened, or a step of the escalation. */
export const SAMPLE_KINDS: readonly SampleKind[] = [...PURPOSES.flatMap((purpose) => NEWS.map((news): SampleKind => `${purpose}.${news}`)), ...ESCALATION_STEPS];

export const SAMPLE_AUDIENCES = ['publisher', 'partner'] as const;
export type SampleAudience = (typeof SAMPLE_AUDIENCES)[number];

/** An event as messages are made of it, whichever it was. */
export type ToldEvent = EventOf<'handoff.ticket.routed.v1'> & { readonly data: Told };

const AT = '2026-11-02T08:00:00.000Z';
const publisher = { role: 'isv-publisher', partyId: 'contoso' } as const;
const partner = { role: 'direct-bill-partner', partyId: '3001' } as const;

/** What each audience is as a recipient; all is made up. */
const RECIPIENTS: Readonly<Record<SampleAudience, Omit<Recipient, 'purpose'>>> = {
  publisher: {
    party: publisher, destination: 'isv/contoso', partyName: 'Contoso', contactKind: 'customer-support', name: 'Contoso support', email: 'support@contoso.example', url: null,
    mayContact: [{ kind: 'partner', partyName: 'Adatum Cloud', for: 'isv-publisher', email: 'support@adatum.example', phone: '+1 425 555 0100' }],
  },
  partner: {
    party: partner, destination: 'partner/3001', partyName: 'Adatum Cloud', contactKind: 'default', name: 'Adatum desk', email: 'support@adatum.example', url: null,
    mayContact: [
      { kind: 'customer-support', partyName: 'Contoso', for: 'customer', url: 'https://support.contoso.example' },
      { kind: 'csp-program', partyName: 'Contoso', for: 'csp-partner', name: 'Contoso CSP desk', email: 'csp@contoso.example' },
    ],
  },
};

/** Who is responsible, by which row of the matrix. */
const RESPONSIBLE = {
  publisher: { party: publisher, row: 'break-fix', text: 'The publisher repairs its product.' },
  partner: { party: partner, row: 'customer-billing', text: 'The CSP partner bills the customer, so it answers questions about the bill; it may ask Microsoft commerce.' },
  microsoft: { party: { role: 'microsoft' }, row: 'commerce-transaction', text: 'Microsoft runs the commerce system, so a failing order is its matter.' },
} as const;

/** A made-up ticket as it would be told in this kind of message to this audience, who is its first recipient. */
export function sampleEvent(kind: SampleKind, audience: SampleAudience): ToldEvent {
  const [purpose, news] = isStep(kind) ? (['act', 'updated'] as const) : (kind.split('.') as [Recipient['purpose'], (typeof NEWS)[number]]);
  const recipient: Recipient = { ...RECIPIENTS[audience], purpose };
  const other: Recipient = { ...RECIPIENTS[audience === 'publisher' ? 'partner' : 'publisher'], purpose: purpose === 'inform' ? 'act' : 'inform' };
  const ticketId = ticketIdOf('jira-demo', 'SUP-12');
  const { party: responsible, row, text } = RESPONSIBLE[responsibleOf(kind, audience)];
  return {
    id: ticketId, type: 'handoff.ticket.routed.v1', source: '/handoff/routing', subject: ticketId, time: AT, traceparent: null,
    data: {
      ticketId, ticketVersion: news === 'new' ? 1 : 2, change: news === 'new' ? 'created' : news === 'moved' ? 'updated' : news, decidedAt: AT,
      previousQueue: news === 'new' ? null : news === 'moved' ? 'triage' : recipient.destination, acknowledgeBy: '2026-11-02T12:00:00.000Z', recipients: [recipient, other],
      ...(isStep(kind) ? { escalation: kind, cause: 'escalated' } : {}),
      ticket: {
        source: 'jira-demo', externalId: 'SUP-12', externalUrl: 'https://northwind.example/browse/SUP-12', subject: 'Sign-in fails after the update', description: 'Error 500 after the password.\nSince this morning, for all users.',
        status: news === 'closed' ? 'Closed' : 'Open', area: row, severity: 'B', asker: 'customer', requesterName: 'Ada', offerId: 'contoso-crm', customerId: 'wingtip', subscriptionId: 'sub-7',
        comment: news === 'commented' ? { author: 'Ada', body: 'It is still broken.', isPublic: true } : null,
      },
      decision: {
        responsible, firstContact: purpose === 'act' && !isStep(kind) ? recipient.party : responsible, accountable: null, informed: [], handsOver: purpose === 'hand-over' ? recipient.party : null, escalation: [publisher, partner, { role: 'microsoft' }],
        contacts: [], queue: recipient.destination, matrixVersion: 'default-1', row, attachedTo: null, stays: false, informationOnly: false, missing: [],
        reasons: [{ code: 'matrix-row', text, source: 'Support for commercial marketplace products in the CSP program', message: `row.${row}`, params: {} }],
        documents: [{ title: 'User guide', url: 'https://docs.contoso.example/crm' }],
      },
    },
  };
}

/** Of what one is only informed, or is asked about in place of others, is the matter of the others. */
function responsibleOf(kind: SampleKind, audience: SampleAudience): keyof typeof RESPONSIBLE {
  if (kind.startsWith('hand-over')) return 'microsoft';
  if (kind.startsWith('act') || kind === 'reminder') return 'publisher';
  return audience === 'publisher' ? 'partner' : 'publisher';
}

function isStep(kind: SampleKind): kind is EscalationStep {
  return ESCALATION_STEPS.some((step) => step === kind);
}
