export { type AllowList, NOTHING_ALLOWED, parseAllowList } from './destination/allow-list.js';
export { type EgressPolicy, urlProblemOf } from './destination/destination.decision.js';
export { RETRY_AFTER_MS_MAX } from './exchange/retry-after.decision.js';
export { GuardedOutbound, type OutboundLimits, type OutboundOptions } from './guarded.outbound.js';
export * from './outbound.js';
export { type EgressSettings, egressPolicyOf, egressSettings } from './settings.js';
