export const TRANSACTIONS = Symbol('TRANSACTIONS');
export const MATRIX = Symbol('MATRIX');
export const FORMER_MATRIX = Symbol('FORMER_MATRIX');
