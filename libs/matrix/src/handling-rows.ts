import type { Row } from './matrix.js';
import { HANDOFF_DEFAULT } from './reasons.js';
import { TECHNICAL_AREAS } from './vocabulary.js';

const CHINA_PAGE = 'Partner Center documentation: the cloud operated by 21Vianet in China';

/** Tickets that no area's line can answer. */
export const GATE_ROWS: readonly Row[] = [
  {
    id: 'cloud-china',
    stage: 'gate',
    when: { cloud: ['china'] },
    then: { queue: 'unassigned' },
    before: ['not-classified'],
    code: 'cloud-not-served',
    text: 'The cloud in China is operated by 21Vianet, which does not resell marketplace offers through CSP: nobody here is responsible.',
    basis: 'guidance',
    source: CHINA_PAGE,
  },
  {
    id: 'not-classified',
    stage: 'gate',
    when: { classified: false },
    then: { queue: 'triage' },
    code: 'not-classified',
    text: 'Nobody has said what the ticket is about, so a person classifies it first.',
    basis: 'default',
    source: HANDOFF_DEFAULT,
  },
];

/** Tickets that have been answered already: by where they are, or by what is open. */
export const HANDLING_ROWS: readonly Row[] = [
  {
    id: 'already-there',
    stage: 'source',
    when: { sourceIsResponsible: true },
    then: { stays: true, handsOver: false, informed: [] },
    code: 'already-there',
    text: 'The ticket came from the system of the party that is responsible, so it is not sent round and stays there.',
    basis: 'default',
    source: HANDOFF_DEFAULT,
  },
  {
    id: 'open-outage',
    stage: 'outage',
    when: { outageOpen: true, area: TECHNICAL_AREAS, ownership: ['third-party'] },
    then: { attach: true, firstContact: 'isv-publisher', informed: ['csp-partner'] },
    code: 'attached-to-outage',
    text: 'The offer has an open outage: the ticket joins it, the publisher is not paged again, and the partner is told what is known.',
    basis: 'default',
    source: HANDOFF_DEFAULT,
  },
  {
    id: 'open-outage-first-party',
    stage: 'outage',
    when: { outageOpen: true, area: TECHNICAL_AREAS, ownership: ['first-party'] },
    then: { attach: true, handsOver: false, informed: ['csp-partner'] },
    code: 'attached-to-outage',
    text: 'Microsoft’s product has an open outage: the ticket joins it and is not handed over again; the partner is told what is known.',
    basis: 'default',
    source: HANDOFF_DEFAULT,
  },
];
