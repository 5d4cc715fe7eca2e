import type { EngineKind } from './engines.js';

export interface EngineFacts {
  readonly kafkaBrokers: string | undefined;
  readonly databaseUrl: string | undefined;
  /** HANDOFF_ENGINES: docker, embedded, or not set. */
  readonly forced: string | undefined;
  readonly dockerAnswers: boolean;
}

export type EngineChoice =
  | { readonly ok: true; readonly kafka: EngineKind; readonly postgres: EngineKind }
  | { readonly ok: false; readonly problem: string };

/**
 * Chooses where each engine comes from: what the environment names, else Docker when an engine answers, else
 * embedded. HANDOFF_ENGINES settles the last two, never the first.
 */
export function chooseEngines(facts: EngineFacts): EngineChoice {
  const { forced } = facts;
  if (forced && !isOwnKind(forced)) {
    return { ok: false, problem: `HANDOFF_ENGINES is "${forced}": use docker or embedded, or leave it unset.` };
  }
  const own = ownKind(facts);
  const kafka = facts.kafkaBrokers ? 'external' : own;
  const postgres = facts.databaseUrl ? 'external' : own;
  const needsDocker = kafka === 'docker' || postgres === 'docker';
  if (needsDocker && !facts.dockerAnswers) {
    return {
      ok: false,
      problem: 'HANDOFF_ENGINES=docker is set, but no Docker engine answers: start Docker, or unset HANDOFF_ENGINES.',
    };
  }
  return { ok: true, kafka, postgres };
}

function ownKind({ forced, dockerAnswers }: EngineFacts): 'docker' | 'embedded' {
  if (isOwnKind(forced)) return forced;
  return dockerAnswers ? 'docker' : 'embedded';
}

function isOwnKind(kind: string | undefined): kind is 'docker' | 'embedded' {
  return kind === 'docker' || kind === 'embedded';
}
