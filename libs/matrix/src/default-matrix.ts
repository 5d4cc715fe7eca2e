import { AREA_ROWS } from './area-rows.js';
import { ASKER_ROWS } from './asker-rows.js';
import { GATE_ROWS, HANDLING_ROWS } from './handling-rows.js';
import type { Matrix } from './matrix.js';
import { PRODUCT_ROWS } from './product-rows.js';

/** The published guidance, and Handoff's defaults where it is silent. Plain data: draft your own from it. */
export const DEFAULT_MATRIX: Matrix = {
  version: 'default-1',
  rows: [...GATE_ROWS, ...AREA_ROWS, ...PRODUCT_ROWS, ...ASKER_ROWS, ...HANDLING_ROWS],
};
