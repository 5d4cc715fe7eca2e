import { DEFAULT_MATRIX, type RowParty } from '@handoff/matrix';
import type { MatrixText } from './matrix-version.js';

/** The default matrix, with another party for payment. */
export function matrixText(version: string, paymentBy: RowParty = 'isv-publisher'): string {
  const rows = DEFAULT_MATRIX.rows.map((row) => (row.id === 'payment' ? { ...row, then: { ...row.then, responsible: paymentBy, firstContact: paymentBy } } : row));
  return JSON.stringify({ version, rows }, null, 2);
}

const OFFER = { id: 'contoso-crm', publisherId: 'contoso', ownership: 'third-party', kind: 'saas', contacts: { customerSupport: { url: 'https://support.contoso.example' } } };

/** One case: a question about a payment waits in this queue. */
export function casesText(queue: string): string {
  return JSON.stringify({ cases: [{ name: 'a payment', given: { ticket: { area: 'payment', asker: 'customer' }, offer: OFFER }, expect: { queue } }] }, null, 2);
}

/** A version that gives payment to the publisher, with a case that says so. */
export function passingText(version: string): MatrixText {
  return { matrix: matrixText(version), cases: casesText('isv/contoso') };
}
