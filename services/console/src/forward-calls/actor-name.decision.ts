/** A person's name as a header can carry it: headers have no letters but those of ASCII. */
export function actorNameOf(name: string): string {
  const plain = name.replaceAll('ı', 'i').normalize('NFKD').replaceAll(/[^\x20-\x7e]/g, '').trim();
  return plain === '' ? 'console' : plain;
}
