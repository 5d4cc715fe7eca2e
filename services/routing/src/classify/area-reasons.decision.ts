import type { Reason } from '@handoff/contracts';
import type { TicketState } from '../tickets/ticket.js';

/** Where the order comes from in which the area is taken from whom. */
const HANDOFF_DEFAULT = 'Handoff default, where the guidance is silent';

/** Who said what the ticket is about, in words. `known` has the area by whoever has the last word. */
export function areaReasons({ area, areaBasis, source, personsWord, wordsSay }: TicketState): Reason[] {
  if (area == null || areaBasis == null) return [];
  switch (areaBasis) {
    case 'source': return [reason('classified-by-source', `The area ${area} was named by the source ${source} itself.`, { area, source })];
    case 'mapping': return [reason('classified-by-mapping', `The area ${area} follows from the mapping of the source ${source}.`, { area, source })];
    case 'person': {
      if (personsWord === undefined) return [];
      const { by, at } = personsWord;
      return by === null
        ? [reason('classified-by-person', `The area ${area} was set by a person at ${at}.`, { area, at }, 'classified-by-person.unnamed')]
        : [reason('classified-by-person', `The area ${area} was set by ${by} at ${at}.`, { area, by, at })];
    }
    case 'classifier': {
      if (wordsSay === undefined) return [];
      const { language } = wordsSay;
      const words = wordsSay.words.map((word) => `"${word}"`).join(', ');
      const confidence = wordsSay.confidence.toFixed(2);
      return [reason('classified-by-keywords', `The area ${area} was taken from the words of the ticket: ${words} (language ${language}, confidence ${confidence}). The source named none.`, { area, words, language, confidence })];
    }
  }
}

/** `message` and `params` are those of the matrix's catalogues, by which the sentence can be said in another language. */
function reason(code: string, text: string, params: Readonly<Record<string, string>>, message = code): Reason {
  return { code, text, source: HANDOFF_DEFAULT, message, params };
}
