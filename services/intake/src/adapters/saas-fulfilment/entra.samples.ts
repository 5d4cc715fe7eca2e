import { generateKeyPairSync, type KeyObject, sign as signBytes } from 'node:crypto';
import type { Trust } from '../adapter.js';
import { RECEIVED_AT } from '../webhook.samples.js';
import { APPLICATION, TENANT } from './saas-fulfilment.samples.js';

const MARKETPLACE = '20e940b3-4c77-4b0b-9a53-9e16a1b010a7';
const NOW_SECONDS = RECEIVED_AT.getTime() / 1_000;

export const ENTRA_KEY = aKey('key-1');
export const NEXT_KEY = aKey('key-2');

export interface EntraKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  /** As Entra publishes it. */
  readonly published: object;
}

export function aKey(id: string, bits = 2_048): EntraKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return { id, privateKey, published: { ...publicKey.export({ format: 'jwk' }), use: 'sig', kid: id, issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' } };
}

/** The claims of a token of version 1.0 to a publisher, which holds now. */
export function theClaims(parts: object = {}): object {
  return {
    aud: APPLICATION, iss: `https://sts.windows.net/${TENANT}/`, iat: NOW_SECONDS - 60, nbf: NOW_SECONDS - 60, exp: NOW_SECONDS + 3_600, appid: MARKETPLACE, appidacr: '2', idp: `https://sts.windows.net/${TENANT}/`, oid: 'o', sub: 's', tid: TENANT, ver: '1.0',
    ...parts,
  };
}

export function aToken(claims: object = theClaims(), { key = ENTRA_KEY, header = {} }: { readonly key?: EntraKey; readonly header?: object } = {}): string {
  const signed = [{ typ: 'JWT', alg: 'RS256', kid: key.id, ...header }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${signBytes('sha256', Buffer.from(signed), key.privateKey).toString('base64url')}`;
}

/** The keys of the publisher's tenant, at their place alone. */
export function keysAt(...keys: readonly EntraKey[]): Trust['download'] {
  return (url) => (url === `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`
    ? Promise.resolve(Buffer.from(JSON.stringify({ keys: keys.map(({ published }) => published) })))
    : Promise.reject(new Error(`${url} has no keys.`)));
}
