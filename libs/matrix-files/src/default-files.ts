import { readFileSync } from 'node:fs';

/** Where the default matrix, its cases and the schemas are shipped. */
export const DEFAULT_FOLDER = new URL('../default/', import.meta.url);

/** The default matrix as it is shipped, in YAML. */
export function defaultMatrixYaml(): string {
  return readFileSync(new URL('matrix.yaml', DEFAULT_FOLDER), 'utf8');
}

/** The cases of the default matrix, in YAML. */
export function defaultCasesYaml(): string {
  return readFileSync(new URL('cases.yaml', DEFAULT_FOLDER), 'utf8');
}
