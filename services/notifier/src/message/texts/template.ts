import type { EN, TextKey } from './en.js';

/** A text taken apart: what stands before each placeholder, and after the last. */
export interface Template {
  readonly slots: readonly { readonly name: string; readonly before: string }[];
  readonly end: string;
}

const SLOT = /\{([a-z]+)\}/g;

/** Takes a text apart once. What is filled in later is never read for placeholders. */
export function templateOf(text: string): Template {
  const slots: { name: string; before: string }[] = [];
  let readTo = 0;
  for (const found of text.matchAll(SLOT)) {
    slots.push({ name: found[1] ?? '', before: text.slice(readTo, found.index) });
    readTo = found.index + found[0].length;
  }
  return { slots, end: text.slice(readTo) };
}

export function filled({ slots, end }: Template, values: Readonly<Record<string, string>>): string {
  let text = '';
  for (const { name, before } of slots) text += before + (values[name] ?? '');
  return text + end;
}

/** The placeholders of a text. */
export function slotNames(text: string): readonly string[] {
  return templateOf(text).slots.map(({ name }) => name);
}

type SlotsOf<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | SlotsOf<Rest> : never;

/** Keys of texts that stand as they are. */
export type PlainKey = { [Key in TextKey]: [SlotsOf<(typeof EN)[Key]>] extends [never] ? Key : never }[TextKey];

/** Keys of texts that have another form for one thing, under the key with `.one`. */
export type CountedKey = { [Key in TextKey]: `${Key}.one` extends TextKey ? Key : never }[TextKey];

/** What a text is filled with, as English has it: forgetting a value does not compile. */
export type Filling<Key extends TextKey> = Readonly<Record<SlotsOf<(typeof EN)[Key]>, string>>;
