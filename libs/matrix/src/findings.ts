/** Something wrong with data that somebody wrote: where, what, and what would be right. */
export interface Finding {
  /** An error makes the data unusable; a warning does not. */
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** Place in the data, as `entries[2].accountable`. */
  readonly path: string;
  readonly message: string;
}
