export * from './builders.js';
export * from './clock.js';
export * from './database.js';
export * from './eventually.js';
export * from './tcp-proxy.js';
export * from './topics.js';
