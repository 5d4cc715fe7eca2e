import { CommandFailure } from '../failure.js';
import { AnswerTimeout } from './transport.js';

/** Why no answer came, as a sentence with what to do. `service` is a name as `intake`. */
export function unreachable(service: string, url: string, error: unknown): CommandFailure {
  return new CommandFailure(1, 'unreachable', sentenceOf(service, url, error));
}

function sentenceOf(service: string, url: string, error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const origin = new URL(url).origin;
  const checkAddress = `Check --url-${service} or HANDOFF_${service.toUpperCase()}_URL.`;
  if (error instanceof AnswerTimeout) return `The ${service} service at ${origin} gave ${message}. See what is wrong with: npx handoff doctor`;
  if (code === 'ECONNREFUSED') return `Nothing answers at ${origin}. Is Handoff running? Start it with: npm start`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `The host of ${origin} cannot be found. ${checkAddress}`;
  if (code.startsWith('HPE_')) return `What answers at ${origin} does not speak HTTP. ${checkAddress}`;
  return `The connection to the ${service} service at ${origin} broke: ${message || code || 'no reason given'}. See what is wrong with: npx handoff doctor`;
}
