import { isInstant, readCursor } from '@handoff/platform';
import type { VersionSummary } from './matrix-version.js';

type VersionPosition = readonly [createdAt: string, version: string];

/** Where a page ended: the order's columns of its last version. */
export function positionOf({ createdAt, version }: Pick<VersionSummary, 'createdAt' | 'version'>): VersionPosition {
  return [createdAt, version];
}

/** @throws InvalidCursor */
export function positionAt(cursor: string): VersionPosition {
  return readCursor(cursor, isPosition);
}

function isPosition(parts: readonly unknown[]): parts is VersionPosition {
  return isInstant(parts[0]) && typeof parts[1] === 'string';
}
