import { z } from 'zod';

const text = z.string().min(1).max(4_096);
const headers = z.record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the name of a header'), z.string().regex(/^[\u0020-\u007e]{1,4096}$/, 'must be visible ASCII'));

/** What a token endpoint may ask for beside who we are. */
const tokenOptions = { scope: text.optional(), fields: z.record(z.string().min(1).max(64), text).optional(), secretIn: z.enum(['header', 'body']).optional() };

/** What Handoff signs in with to a system's interface, by kind. `headers` go with every call. */
export const apiCredentials = z.discriminatedUnion('auth', [
  z.strictObject({ auth: z.literal('basic'), username: text, password: text, headers }),
  z.strictObject({ auth: z.literal('bearer'), token: text, headers }),
  z.strictObject({ auth: z.literal('headers'), headers }),
  z.strictObject({ auth: z.literal('oauth2-client-credentials'), tokenUrl: z.url().max(2_048), clientId: text, clientSecret: text, ...tokenOptions, headers }),
  // On behalf of a user who signed in once. `refreshToken` is replaced when the token endpoint gives another.
  z.strictObject({ auth: z.literal('oauth2-refresh-token'), tokenUrl: z.url().max(2_048), clientId: text, clientSecret: text.optional(), refreshToken: z.string().regex(/^[\x21-\x7e]{1,8192}$/, 'must be a token: visible ASCII without blanks'), ...tokenOptions, headers }),
]);

export type ApiCredentials = z.output<typeof apiCredentials>;
