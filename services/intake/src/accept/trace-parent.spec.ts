import { traceParentOf } from './trace-parent.js';

const VALID = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('the trace of a request', () => {
  it('goes on where the request brings a valid one', () => {
    expect(traceParentOf(VALID)).toBe(VALID);
  });

  it.each([undefined, '', 'x', VALID.toUpperCase(), VALID.replace('4bf92f3577b34da6a3ce929d0e0e4736', '0'.repeat(32)), VALID.replace('00f067aa0ba902b7', '0'.repeat(16)), `${VALID}-x`, [VALID]])('begins anew with %j', (header) => {
    const begun = traceParentOf(header);
    expect(begun).not.toBe(header);
    expect(traceParentOf(begun)).toBe(begun);
  });
});
