import type { DeskReply, DeskRequest } from './ticketing-server.fixture.js';

/** A token endpoint for client credentials, as RFC 6749 has it: a form, with who asks in it. */
export function answerOfTokens({ headers, body }: DeskRequest, { clientId, clientSecret, scope }: { readonly clientId: string; readonly clientSecret: string; readonly scope?: string }, token: string): DeskReply {
  const form = new URLSearchParams(body);
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) return { status: 400, json: { error: 'invalid_request' } };
  if (form.get('grant_type') !== 'client_credentials') return { status: 400, json: { error: 'unsupported_grant_type' } };
  if (scope !== undefined && form.get('scope') !== scope) return { status: 400, json: { error: 'invalid_scope' } };
  if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) return { status: 401, json: { error: 'invalid_client' } };
  return { status: 200, json: { access_token: token, token_type: 'Bearer', expires_in: 3_600 } };
}
