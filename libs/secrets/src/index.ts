export * from './kept-keys.js';
export * from './key-ring.js';
export * from './key-text.js';
