/** The result of one check: all is well, or a finding with its remedy. */
export interface CheckResult {
  /** Stable, for programs. */
  readonly name: string;
  readonly isFinding: boolean;
  /** A sentence. */
  readonly text: string;
  readonly remedy: string | null;
}

export const fine = (name: string, text: string): CheckResult => ({ name, isFinding: false, text, remedy: null });
export const finding = (name: string, text: string, remedy: string): CheckResult => ({ name, isFinding: true, text, remedy });
