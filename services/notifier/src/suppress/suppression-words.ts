import type { Match } from './suppression.js';

/** What a suppression holds, in words: `messages to isv/contoso by mail`. */
export function matchWords({ everything, destination, address, channel, queue, offerId }: Match): string {
  const parts = [
    ...(destination === undefined ? [] : [`to ${destination}`]), ...(address === undefined ? [] : [`to the address ${address}`]), ...(channel === undefined ? [] : [`by ${channel}`]),
    ...(queue === undefined ? [] : [`about tickets in the queue ${queue}`]), ...(offerId === undefined ? [] : [`about the offer ${offerId}`]),
  ];
  return everything === true && parts.length === 0 ? 'all messages' : `messages ${parts.join(' ')}`;
}
