import type { DirectoryKind } from '../../directory/directory-kinds.js';
import type { ImportEntry, ImportFormatName, ImportOptions, ImportSyntax, LineProblem } from '../import.js';

/** A problem of the line that is being mapped, which knows its number. */
export type ValueProblem = Omit<LineProblem, 'line'>;

/** One record of a file. */
export type FileRecord<V = unknown> =
  | { readonly line: number; readonly value: V }
  /** It cannot be read, but those after it can. */
  | { readonly line: number; readonly error: ValueProblem };

export type Mapped =
  | { readonly entry: ImportEntry }
  | { readonly problems: readonly ValueProblem[] }
  /** A resource of another kind, which may stand among ours. */
  | 'ignored';

export interface FileContext {
  readonly options: ImportOptions;
  /** Hears once of columns that the format does not know. */
  readonly ignoredColumns: (names: readonly string[]) => void;
}

/** One kind of file. */
export interface ImportFormat {
  readonly name: ImportFormatName;
  /** The kinds of entries that its files can hold, in the order in which they are applied. */
  readonly kinds: readonly DirectoryKind[];
  readonly syntaxes: readonly ImportSyntax[];
  /** Whether what a file does not say stays as the directory has it; otherwise an entry replaces the former one. */
  readonly merges: boolean;
  /** @throws UnreadableFile where nothing after this point can be read. */
  read(bytes: AsyncIterable<Buffer>, context: FileContext): AsyncIterable<FileRecord>;
  map(value: unknown, options: ImportOptions): Mapped;
}

/** The file is not what it says it is; nothing behind this line can be understood. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(message: string, readonly line: number) {
    super(message);
  }
}
