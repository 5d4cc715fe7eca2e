import { verify as verifySignature, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { Trust, WebhookRequest } from '../adapter.js';
import { entryOf } from '../payload.js';
import { headerOf, signatureInvalid, signingKeyUnavailable } from '../signature.js';
import { certificatesIn, chainProblem, hasStrongRsaKey, isIssuedBy } from './certificate-chain.js';

/** Where Partner Center keeps its certificate: this account of storage alone, for anybody can have another beside it. */
const CERTIFICATE_HOSTS: readonly string[] = ['3psostorageacct.blob.core.windows.net'];
const MICROSOFT = /^([a-z0-9-]+\.)+microsoft\.com$/;
/** Where Microsoft and the authority above it keep the certificates of issuers, by http or https. */
const ISSUER_HOSTS = /^(([a-z0-9-]+\.)*microsoft\.com|cacerts\.digicert\.com)$/;
const HASHES: Readonly<Record<string, string>> = { 'rsa-sha256': 'sha256', 'rsa-sha384': 'sha384', 'rsa-sha512': 'sha512' };
const ORGANIZATION = 'Microsoft Corporation';
const EXPECTED = "'Authorization: Signature <base64>' (or 'x-ms-signature') with the RSA signature of the raw body, 'X-MS-Certificate-Url' with the place of Microsoft's certificate, and 'X-MS-Signature-Algorithm: rsa-sha256'.";

export interface CertificateTrust {
  readonly roots: readonly X509Certificate[];
  /** Further hosts of certificates. */
  readonly hosts: readonly string[];
}

let publicRoots: readonly X509Certificate[] | undefined;

/** The authorities that browsers trust; those that an operator added for a proxy of his own are none of Microsoft's. */
export function webRoots(): readonly X509Certificate[] {
  publicRoots ??= rootCertificates.map((pem) => new X509Certificate(pem));
  return publicRoots;
}

/**
 * A signature by a certificate that Microsoft issued, at a place where Microsoft keeps it, good at this time, up to a root.
 * @throws Problem 401 `signature-invalid`; 503 `signing-key-unavailable` when a certificate cannot be had.
 */
export async function verifyPartnerCenterSignature(request: WebhookRequest, trust: Trust, { roots, hosts }: CertificateTrust): Promise<void> {
  const signature = signatureOf(request);
  const hash = entryOf(HASHES, headerOf(request, 'x-ms-signature-algorithm')?.toLowerCase() ?? '');
  if (hash === undefined) throw signatureInvalid("'X-MS-Signature-Algorithm' is missing, or names no algorithm that is strong enough.", EXPECTED);
  const url = allowedUrl(headerOf(request, 'x-ms-certificate-url'), hosts);
  const [leaf, ...others] = certificatesIn(await trust.download(url));
  if (leaf === undefined) throw signingKeyUnavailable(new Error("The answer of 'X-MS-Certificate-Url' is no certificate."));
  if (!isIssuedBy(leaf, ORGANIZATION)) throw signatureInvalid(`The certificate was not issued by ${ORGANIZATION}.`, EXPECTED);
  if (!hasStrongRsaKey(leaf)) throw signatureInvalid('The key of the certificate is no RSA key of 2048 bits or more.', EXPECTED);
  const problem = await chainProblem({ leaf, others, roots, now: trust.now, fetchIssuer: (issuerUrl) => trust.download(allowedIssuerUrl(issuerUrl)) });
  if (problem !== null) throw signatureInvalid(problem === 'expired' ? 'The certificate does not hold at this time.' : 'The certificate leads to no root that is trusted.', EXPECTED);
  if (!verifySignature(hash, request.rawBody, leaf.publicKey, signature)) throw signatureInvalid('The signature does not fit the body.', EXPECTED);
}

function signatureOf(request: WebhookRequest): Buffer {
  const header = headerOf(request, 'x-ms-signature') ?? headerOf(request, 'authorization');
  const [, base64] = /^(?:Signature )?([A-Za-z0-9+/]{40,2048}={0,2})$/.exec(header ?? '') ?? [];
  const signature = Buffer.from(base64 ?? '', 'base64');
  // Base64 has several spellings for the same bytes, of which one was sent.
  if (base64 === undefined || signature.toString('base64') !== base64) throw signatureInvalid('The signature is missing or no base64.', EXPECTED);
  return signature;
}

function allowedUrl(text: string | null, hosts: readonly string[]): string {
  const url = URL.parse(text ?? '');
  const isPlain = url?.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '' && url.hash === '';
  if (url === null || !isPlain || !(CERTIFICATE_HOSTS.includes(url.hostname) || hosts.includes(url.hostname) || MICROSOFT.test(url.hostname))) throw signatureInvalid("'X-MS-Certificate-Url' leads to no place of Microsoft's certificates.", EXPECTED);
  return url.href;
}

function allowedIssuerUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.port !== '' || url.username !== '' || url.password !== '' || !ISSUER_HOSTS.test(url.hostname)) throw signatureInvalid('The certificate names a place of its issuer that is not trusted.', EXPECTED);
  return url.href;
}
