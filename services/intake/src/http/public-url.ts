/** Where the world reaches this service, without a slash at its end. */
export const PUBLIC_URL = Symbol('PUBLIC_URL');
