import { userInfo } from 'node:os';
import { StartupError } from '@handoff/engines';

const ANSWER_TIMEOUT_MS = 10_000;

/** A link that signs whoever starts Handoff in to its console; `null` where there is no console. */
export async function signInUrl(consoleUrl: string | null, token: string): Promise<string | null> {
  if (consoleUrl === null) return null;
  const response = await fetch(`${consoleUrl}/v1/sign-in-links`, {
    method: 'POST', body: JSON.stringify({ name: userInfo().username }), signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  if (response.status !== 201) throw new StartupError(`The console gives no link to sign in by: POST /v1/sign-in-links answers ${response.status}. Its log is in .handoff/logs.`);
  return ((await response.json()) as { readonly url: string }).url;
}
