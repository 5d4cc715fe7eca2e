/** What is written in the field for searching, and the searches that went out of it. */
export interface SearchText {
  /** As it stands in the field. */
  readonly text: string;
  /** Searches that went out of the field and whose list is not here yet, the oldest first. */
  readonly asked: readonly string[];
  /** What the list at hand was searched for; '': for nothing. */
  readonly found: string;
}

export const startingWith = (found: string): SearchText => ({ text: found, asked: [], found });

export const written = (search: SearchText, text: string): SearchText => ({ ...search, text });

/** What the field asks for: blanks alone ask for nothing. */
export const wanted = ({ text }: SearchText): string => (text.trim() === '' ? '' : text);

/** Whether the list at hand is not yet that of what is written. */
export const isDue = (search: SearchText): boolean => wanted(search) !== search.found;

/** Whether a search for what is written has still to go out. */
export const isUnasked = (search: SearchText): boolean => wanted(search) !== (search.asked.at(-1) ?? search.found);

export const asked = (search: SearchText): SearchText => ({ ...search, asked: [...search.asked, wanted(search)] });

/** With the list that came. What the field did not ask for, as by Back or a view, is what it shows from then on. */
export function found(search: SearchText, current: string): SearchText {
  if (current === search.found) return search;
  const at = search.asked.indexOf(current);
  return at === -1 ? startingWith(current) : { ...search, asked: search.asked.slice(at + 1), found: current };
}
