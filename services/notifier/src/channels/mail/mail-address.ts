/** One plain address: no list, no name, no line break, so that it cannot become two recipients or a header. */
const PLAIN_ADDRESS = /^[^\s<>()[\],;:"\\@]{1,64}@[^\s<>()[\],;:"\\@]{1,255}$/;

export function isMailAddress(text: string): boolean {
  return text.length <= 320 && PLAIN_ADDRESS.test(text);
}

/** The address of `name@domain` or `Name <name@domain>`; `null` when it is neither. */
export function plainAddressOf(from: string): string | null {
  const address = /^[^<>\r\n]*<([^<>]+)>$/.exec(from)?.[1] ?? from;
  return isMailAddress(address) ? address : null;
}

/** The domain of such a text. */
export function mailDomainOf(from: string): string | null {
  return plainAddressOf(from)?.split('@')[1] ?? null;
}
