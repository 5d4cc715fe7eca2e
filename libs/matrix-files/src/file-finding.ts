import type { Finding } from '@handoff/matrix';

/** A finding, and the place in the file that it is about. Lines and columns count from 1. */
export type FileFinding = Finding & Readonly<{ file: string; line: number; column: number }>;

/** Which file a text is, for findings. */
export type FileOptions = Readonly<{ file: string }>;
