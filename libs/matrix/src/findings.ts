/** Something wrong with data that somebody wrote: where, what, and what would be right. */
export interface Finding {
  /** An error makes the data unusable; a warning does not. */
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** Place in the data, as `entries[2].accountable`. */
  readonly path: string;
  readonly message: string;
  /** What to do about it, as one sentence. */
  readonly remedy: string;
}

/** What a finding says, apart from its weight. */
export type Told = Omit<Finding, 'severity'>;

export function error(told: Told): Finding {
  return { severity: 'error', ...told };
}

export function warning(told: Told): Finding {
  return { severity: 'warning', ...told };
}
