import type { Party } from '../decision.js';
import type { EN, MessageKey } from './en.js';

/** A placeholder of a template: which parameter, and how it is written. */
export type Slot = Readonly<{ name: string; format: string }>;

/** A template taken apart: the text before each slot, and what follows the last. */
export type Template = Readonly<{ slots: readonly (Slot & Readonly<{ before: string }>)[]; end: string }>;

const SLOT = /\{(\w+)(?::(\w+))?\}/g;

/** Takes a template apart once, so that filling it reads no text twice. */
export function templateOf(text: string): Template {
  const slots: (Slot & { before: string })[] = [];
  let readTo = 0;
  for (const found of text.matchAll(SLOT)) {
    // The pattern has both groups, and only the second is optional.
    const [written, name, format = 'text'] = found as unknown as readonly [string, string, string | undefined];
    slots.push({ name, format, before: text.slice(readTo, found.index) });
    readTo = found.index + written.length;
  }
  return { slots, end: text.slice(readTo) };
}

type SlotsOf<Text extends string> = Text extends `${string}{${infer Inside}}${infer Rest}` ? Inside | SlotsOf<Rest> : never;
type NameOf<Inside> = Inside extends `${infer Name}:${string}` ? Name : Inside;
type ValueOf<Inside> = Inside extends `${string}:${'party' | 'Party'}` ? Party : string;

/** What a message is filled with, as its English template says: forgetting a parameter does not compile. */
export type Filling<Key extends MessageKey> = Readonly<{
  [Inside in SlotsOf<(typeof EN)[Key]> as NameOf<Inside> & string]: ValueOf<Inside>;
}>;
