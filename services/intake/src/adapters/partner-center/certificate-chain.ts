import { X509Certificate } from 'node:crypto';

export interface ChainQuestion {
  readonly leaf: X509Certificate;
  /** What came with the leaf, in any order. */
  readonly others: readonly X509Certificate[];
  readonly roots: readonly X509Certificate[];
  readonly now: Date;
  /** Fetches the certificate of an issuer from the place that a certificate names. */
  readonly fetchIssuer: (url: string) => Promise<Buffer>;
}

/** `null`: a root is reached, by certificates that all hold now. */
export type ChainProblem = 'expired' | 'untrusted';

const CERTIFICATES_MAX = 5;
const RSA_BITS_MIN = 2_048;

/**
 * Follows a certificate to a root. An intermediate one that did not come along is fetched from where the one below it says.
 * Whether one was withdrawn is not asked: the authorities of the web have stopped to answer that.
 * @throws what `fetchIssuer` throws.
 */
export async function chainProblem({ leaf, others, roots, now, fetchIssuer }: ChainQuestion): Promise<ChainProblem | null> {
  let current = leaf;
  for (let length = 1; length <= CERTIFICATES_MAX; length += 1) {
    if (!holdsAt(current, now)) return 'expired';
    const root = roots.find((candidate) => hasIssued(candidate, current));
    if (root !== undefined) return holdsAt(root, now) ? null : 'expired';
    const issuer = others.find((candidate) => hasIssued(candidate, current)) ?? await fetchedIssuer(current, fetchIssuer);
    if (issuer === null) return 'untrusted';
    current = issuer;
  }
  return 'untrusted';
}

async function fetchedIssuer(certificate: X509Certificate, fetchIssuer: (url: string) => Promise<Buffer>): Promise<X509Certificate | null> {
  const url = /^CA Issuers - URI:(.+)$/m.exec(certificate.infoAccess ?? '')?.[1];
  if (url === undefined) return null;
  const [issuer] = certificatesIn(await fetchIssuer(url));
  return issuer !== undefined && hasIssued(issuer, certificate) ? issuer : null;
}

function hasIssued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

function holdsAt({ validFromDate, validToDate }: X509Certificate, now: Date): boolean {
  return validFromDate <= now && now <= validToDate;
}

/** One in DER, or one or several in PEM; none where it is something else. */
export function certificatesIn(bytes: Buffer): readonly X509Certificate[] {
  const pems = bytes.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  try {
    return (pems ?? [bytes]).slice(0, CERTIFICATES_MAX).map((each) => new X509Certificate(each));
  } catch {
    return [];
  }
}

/** By the whole line of the organisation: a name may hold any other text. */
export function isIssuedBy(certificate: X509Certificate, organization: string): boolean {
  return certificate.issuer.split('\n').includes(`O=${organization}`);
}

export function hasStrongRsaKey({ publicKey }: X509Certificate): boolean {
  return publicKey.asymmetricKeyType === 'rsa' && (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_BITS_MIN;
}
