import { Resolver } from 'node:dns';
import { z } from 'zod';
import { type AllowList, NOTHING_ALLOWED, parseAllowList } from './destination/allow-list.js';
import type { EgressPolicy } from './destination/destination.decision.js';

/** Settings of every service that calls others. Its own config.ts extends its object by these. */
export const egressSettings = {
  /** Lets calls reach private and loopback addresses. For local runs only. */
  EGRESS_ALLOW_PRIVATE: z.enum(['true', 'false']).default('false').transform((value) => value === 'true'),
  /** Networks and hosts that calls may reach though they are not public. */
  EGRESS_ALLOW: z.string().optional().transform(allowListIn),
  /** DNS servers that are asked in place of the operating system. */
  EGRESS_DNS_SERVERS: z.string().optional().transform(serversIn),
};

export interface EgressSettings {
  readonly EGRESS_ALLOW_PRIVATE: boolean;
  readonly EGRESS_ALLOW: AllowList;
  readonly EGRESS_DNS_SERVERS: readonly string[];
}

export function egressPolicyOf({ EGRESS_ALLOW_PRIVATE, EGRESS_ALLOW }: EgressSettings): EgressPolicy {
  return { allowPrivate: EGRESS_ALLOW_PRIVATE, allow: EGRESS_ALLOW };
}

function allowListIn(text: string | undefined, context: z.RefinementCtx): AllowList {
  try {
    return text === undefined ? NOTHING_ALLOWED : parseAllowList(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return NOTHING_ALLOWED;
  }
}

function serversIn(text: string | undefined, context: z.RefinementCtx): readonly string[] {
  const servers = (text ?? '').split(',').map((server) => server.trim()).filter((server) => server !== '');
  try {
    new Resolver().setServers(servers);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be addresses with commas between, each as 10.0.0.2, 10.0.0.2:53 or [fd00::2]:53' });
  }
  return servers;
}
