import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import type { Trust, WebhookRequest } from '../adapter.js';
import { jsonOf } from '../json-body.js';
import { headerOf, signatureInvalid, signingKeyUnavailable, timestampStale } from '../signature.js';

export interface TokenTrust {
  /** The tenant that issued the token. */
  readonly tenantId: string;
  /** Whom the token is for. */
  readonly audience: string;
  /** Which application asked for the token: the sender. */
  readonly senderId: string;
}

const AUTHORITY = 'https://login.microsoftonline.com';
/** A token holds for a time that Entra chose, so that it is looked at also where the source does not ask for its clock to be compared. */
const CLOCK_SECONDS = 300;
const EXPECTED = "'Authorization: Bearer <token>' with a token of Microsoft Entra for the application and the tenant in the source's settings, issued to the Marketplace.";

/**
 * A token of Microsoft Entra, in its version 1.0 or 2.0. It proves who sends; it says nothing of the body.
 * @throws Problem 401 `signature-invalid` or `timestamp-stale`; 503 `signing-key-unavailable` when the keys cannot be had.
 */
export async function verifyEntraToken(request: WebhookRequest, trust: Trust, { tenantId, audience, senderId }: TokenTrust): Promise<void> {
  const token = tokenOf(headerOf(request, 'authorization'));
  const keys = await keysOf(tenantId, trust);
  const claims = await jwtVerify(token, keys, {
    algorithms: ['RS256'], audience, issuer: [`https://sts.windows.net/${tenantId}/`, `${AUTHORITY}/${tenantId}/v2.0`], requiredClaims: ['exp', 'nbf', 'tid'],
    clockTolerance: trust.toleranceSeconds ?? CLOCK_SECONDS, currentDate: trust.now,
  }).then(({ payload }) => payload, (error: unknown) => {
    throw problemOf(error, trust);
  });
  if (claims['tid'] !== tenantId) throw signatureInvalid("The token's 'tid' is not the tenant of this source.", EXPECTED);
  // Version 1.0 names the sender in `appid`, version 2.0 in `azp`. Any other application of the tenant can have a token for the same audience.
  const senders = [claims['appid'], claims['azp']].filter((sender) => sender !== undefined);
  if (senders.length === 0 || senders.some((sender) => sender !== senderId)) throw signatureInvalid("The token's 'appid' or 'azp' is not that of the Marketplace.", EXPECTED);
}

/** Base64 has several spellings for the last byte of a signature, of which one was sent. */
function tokenOf(header: string | null): string {
  const [, token, signature = ''] = /^Bearer ([\w-]+\.[\w-]+\.([\w-]+))$/.exec(header ?? '') ?? [];
  if (token === undefined || Buffer.from(signature, 'base64url').toString('base64url') !== signature) throw signatureInvalid('The token is missing, or is none.', EXPECTED);
  return token;
}

/** The keys of one tenant, at the place that its directory publishes and no webhook can change. */
async function keysOf(tenantId: string, { download }: Trust): Promise<ReturnType<typeof createLocalJWKSet>> {
  const answer = await download(`${AUTHORITY}/${tenantId}/discovery/v2.0/keys`);
  try {
    return createLocalJWKSet(jsonOf(answer) as JSONWebKeySet);
  } catch (error) {
    // A page of maintenance is no set of keys, and no proof of a forgery.
    throw signingKeyUnavailable(error);
  }
}

/** What is wrong with a token, without the token. */
function problemOf(error: unknown, trust: Trust): Error {
  if (error instanceof errors.JWTExpired) return timestampStale("The token's 'exp' is before our time", trust);
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'nbf' && error.reason === 'check_failed' ? timestampStale("The token's 'nbf' is after our time", trust) : signatureInvalid(`The token's '${error.claim}' is missing, or is not the one that this source expects.`, EXPECTED);
  if (error instanceof errors.JWKSNoMatchingKey) return signatureInvalid('The token is signed by a key that is none of the tenant.', EXPECTED);
  return error instanceof errors.JOSEError ? signatureInvalid('The token is not signed as Microsoft Entra signs.', EXPECTED) : signingKeyUnavailable(error);
}
