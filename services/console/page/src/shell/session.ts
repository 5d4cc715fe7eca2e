import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.js';

export interface Session {
  /** `null`: a program, by the bearer token. */
  readonly name: string | null;
}

/** Who is signed in; `undefined` until it is known. */
export function useSession(): Session | undefined {
  return useQuery({ queryKey: ['session'], queryFn: ({ signal }) => call<Session>('/api/session', { signal }), staleTime: Infinity, retry: false }).data;
}

export async function signOut(): Promise<void> {
  await call('/api/session', { method: 'DELETE' });
  location.assign('/');
}
