/** Beyond this a screen on the wall says that what it shows is old: two heartbeats of the connection, or three questions, were missed. */
export const FRESH_MS_MAX = 40_000;

/** How old what is shown may be, in whole seconds; `null` while it is fresh. */
export function ageOf({ heardAtMs, readAtMs, nowMs }: { readonly heardAtMs: number; readonly readAtMs: number; readonly nowMs: number }): number | null {
  const ageMs = nowMs - Math.max(heardAtMs, readAtMs);
  return ageMs > FRESH_MS_MAX ? Math.round(ageMs / 1_000) : null;
}
