import { directorySearchOf } from './directory-search.js';

describe('the place in the directory in an address', () => {
  it('keeps what it knows, also ids that look like numbers', () => {
    expect(directorySearchOf({ kind: 'partners', q: 'north', id: 1001 })).toEqual({ kind: 'partners', q: 'north', id: '1001' });
  });

  it('leaves out what there is not', () => {
    expect(directorySearchOf({ kind: 'planets', q: '', id: {} })).toEqual({});
  });
});
