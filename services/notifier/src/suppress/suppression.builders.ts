import type { Suppression } from './suppression.js';

/** A suppression of Contoso's contacts for an hour; say only what matters to the test. */
export function aSuppression(overrides: Partial<Suppression> = {}): Suppression {
  return {
    suppressionId: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', match: { destination: 'isv/contoso' }, includesSeverityA: false, reason: 'The desk moves house.', author: 'ada', authorEmail: null,
    from: '2026-11-02T08:00:00.000Z', until: '2026-11-02T09:00:00.000Z', createdAt: '2026-11-02T08:00:00.000Z', ended: null, ...overrides,
  };
}
