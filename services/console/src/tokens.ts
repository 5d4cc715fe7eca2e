export const TRANSACTIONS = Symbol('TRANSACTIONS');
