export const TRANSACTIONS = Symbol('TRANSACTIONS');
export const MATRIX = Symbol('MATRIX');
