/** A key press, as far as commands ask. */
export interface Press {
  /** `KeyboardEvent.key`: what the viewer's keyboard layout says, not where the key lies. */
  readonly key: string;
  /** Ctrl, or Cmd on a Mac. */
  readonly withCtrl: boolean;
  readonly withAlt: boolean;
  /** AltGr writes letters on many layouts; such a press is never a command. */
  readonly withAltGraph: boolean;
  /** Whether the press would write text. */
  readonly isTyping: boolean;
  readonly atMs: number;
}

export interface Bound {
  /** One key, two one after the other, or a chord as `Ctrl+k`. */
  readonly keys: readonly string[];
}

/** The first key of two, waiting for the second. */
export interface Begun {
  readonly key: string;
  readonly atMs: number;
}

export const SECOND_KEY_WITHIN_MS = 1_000;

export interface Pressed<T> {
  readonly command: T | null;
  readonly begun: Begun | null;
}

/** What a press means. Of commands with the same keys the last in the list wins: it belongs to what is in front. */
export function commandPressed<T extends Bound>(press: Press, begun: Begun | null, commands: readonly T[], { singleKeys }: { readonly singleKeys: boolean }): Pressed<T> {
  const none = { command: null, begun: null };
  if (press.withAlt || press.withAltGraph) return none;
  if (press.withCtrl) return { command: boundTo([`Ctrl+${press.key.toLowerCase()}`], commands), begun: null };
  if (press.isTyping) return none;
  if (!singleKeys) return press.key === 'Escape' ? { command: boundTo(['Escape'], commands), begun: null } : none;
  if (begun !== null && press.atMs - begun.atMs <= SECOND_KEY_WITHIN_MS) {
    const second = boundTo([begun.key, press.key], commands);
    if (second !== null) return { command: second, begun: null };
  }
  if (commands.some(({ keys }) => keys.length === 2 && keys[0] === press.key)) return { command: null, begun: { key: press.key, atMs: press.atMs } };
  return { command: boundTo([press.key], commands), begun: null };
}

function boundTo<T extends Bound>(keys: readonly string[], commands: readonly T[]): T | null {
  return commands.findLast((command) => command.keys.length === keys.length && command.keys.every((key, index) => key === keys[index])) ?? null;
}
