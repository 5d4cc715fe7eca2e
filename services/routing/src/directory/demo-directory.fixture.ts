import { readFileSync } from 'node:fs';
import type { DirectoryContent } from './directory.js';

/** The directory that a first start loads: tests use it too, so that it stays right. */
export const DEMO_DIRECTORY = JSON.parse(readFileSync(new URL('../../../../deploy/demo/directory.json', import.meta.url), 'utf8')) as DirectoryContent;
