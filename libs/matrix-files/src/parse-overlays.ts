import { lintOverlay } from '@handoff/matrix';
import type { Overlay } from '@handoff/matrix';
import type { FileFinding, FileOptions } from './file-finding.js';
import { OVERLAYS_SCHEMA } from './overlay-schema.js';
import { checkShape } from './shape.js';
import { readDocument } from './written-document.js';

/** Overlays that may be applied, or none where a finding is an error. */
export type ParsedOverlays = Readonly<{ overlays: readonly Overlay[]; findings: readonly FileFinding[] }>;

/** Reads overlays from YAML or JSON. Never throws. */
export function parseOverlays(text: string, options: FileOptions): ParsedOverlays {
  const document = readDocument(text, options);
  if (document.value === undefined) return { overlays: [], findings: document.findings };
  const shape = checkShape(document.value, OVERLAYS_SCHEMA);
  if (shape.length > 0) return { overlays: [], findings: shape.map(document.place) };
  const { overlays } = document.value as { overlays: readonly Overlay[] };
  const findings = overlays.flatMap((overlay, index) => lintOverlay(overlay, `overlays[${index}]`)).map(document.place);
  return findings.length > 0 ? { overlays: [], findings } : { overlays, findings };
}
