// Writes what follows from the code: the default matrix as YAML, and the JSON Schemas. Run it after a build,
// with: node libs/matrix-files/write-default.mjs
import { writeFileSync } from 'node:fs';
import { DEFAULT_MATRIX } from '@handoff/matrix';
import { CASES_SCHEMA, MATRIX_SCHEMA, OVERLAYS_SCHEMA, printMatrix } from '@handoff/matrix-files';

const write = (name, text) => writeFileSync(new URL(`default/${name}`, import.meta.url), text);
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

write('matrix.yaml', printMatrix(DEFAULT_MATRIX));
write('matrix.schema.json', json(MATRIX_SCHEMA));
write('cases.schema.json', json(CASES_SCHEMA));
write('overlays.schema.json', json(OVERLAYS_SCHEMA));
