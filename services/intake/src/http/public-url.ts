/** Where the world reaches this service, without a slash at its end. */
export const PUBLIC_URL = Symbol('PUBLIC_URL');

/** Where the system of a source posts to. */
export function webhookUrlOf(publicUrl: string, source: string): string {
  return `${publicUrl}/v1/sources/${source}/webhooks`;
}
