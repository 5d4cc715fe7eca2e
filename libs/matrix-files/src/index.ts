/** Matrices and their cases as files that people write. */
export {};
