export * from './key-ring.js';
export * from './key-text.js';
