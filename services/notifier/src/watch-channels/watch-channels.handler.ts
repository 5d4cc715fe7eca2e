import { nameBasedId } from '@handoff/contracts';
import type { Transaction } from '@handoff/messaging';
import type { AttemptResult, SendResult } from '../deliver/delivery.store.js';
import { keepLetters, type LetterPorts } from '../letters/keep-letters.js';
import type { ChannelLetter } from '../letters/letter.js';
import { type ConfiguredChannel, shownAddress } from '../manage-channels/channel.js';
import type { ChannelStore } from '../manage-channels/channel.store.js';
import { lettersToOperations, OPERATIONS } from './letters-to-operations.decision.js';
import { type Sign, type Standing, standingStep } from './standing.decision.js';

export interface WatchChannelsPorts extends LetterPorts {
  readonly channels: Pick<ChannelStore, 'fails' | 'recovers' | 'warn' | 'disable' | 'forDestinations'>;
  readonly failingMsMax: number;
  /** Who looks after the installation, where the destination `operations` has no channel; `null`: the notice is in the log and in `GET /v1/channels` alone. */
  readonly operationsMail: string | null;
  readonly onNotice: (letter: ChannelLetter) => void;
}

/** What the attempts of one transaction say about one channel. */
interface Signs {
  readonly channelId: string;
  readonly standing: Standing;
  readonly sign: Sign;
  readonly at: Date;
  readonly detail: string;
}

/** Follows whether channels work. One that fails for too long is disabled, with a warning before; one whose receiver is gone, at once. */
export class WatchChannelsHandler {
  constructor(private readonly ports: WatchChannelsPorts) {}

  async handle(tx: Transaction, results: readonly SendResult[]): Promise<void> {
    for (const signs of signsOf(results)) await this.take(tx, signs);
  }

  private async take(tx: Transaction, { channelId, standing, sign, at, detail }: Signs): Promise<void> {
    const { channels, failingMsMax } = this.ports;
    const since = standing.failingSince;
    switch (standingStep({ standing, sign, nowMs: at.getTime(), failingMsMax })) {
      case 'stays': return;
      case 'recovers': return channels.recovers(tx, channelId);
      case 'begins': return channels.fails(tx, channelId, at);
      case 'warn': return this.tell(tx, since === null ? null : await channels.warn(tx, channelId, { failingSince: since, at }), { what: 'warning', at, detail });
      case 'disable': {
        const reason = sign === 'gone' ? detail : `Nothing was delivered since ${since ?? ''}. The last attempt: ${detail}`;
        return this.tell(tx, await channels.disable(tx, channelId, { reason, at, failingSince: sign === 'gone' ? null : since }), { what: 'disabled', at, detail });
      }
    }
  }

  /** @param channel `null`: it changed in the meantime, and nothing is to be told. */
  private async tell(tx: Transaction, channel: ConfiguredChannel | null, { what, at, detail }: { readonly what: ChannelLetter['what']; readonly at: Date; readonly detail: string }): Promise<void> {
    if (channel === null) return;
    const { channelId, destination, kind, failingSince } = channel;
    const from = failingSince ?? at.toISOString();
    const letter: ChannelLetter = {
      about: 'channel', ticketId: nameBasedId('channel-notice', channelId, from), ticketVersion: what === 'warning' ? 1 : 2,
      what, channelId, destination, kind, address: shownAddress(kind, channel.address), failingSince: from, at: at.toISOString(), detail,
      disabledFrom: what === 'warning' ? new Date(at.getTime() + this.ports.failingMsMax / 2).toISOString() : null,
    };
    const notifications = lettersToOperations(letter, { channels: await this.ports.channels.forDestinations(tx, [OPERATIONS]), operationsMail: this.ports.operationsMail });
    await keepLetters(tx, [{ letter, carriedBy: () => notifications }], { ...this.ports, now: at });
    tx.afterCommit(() => this.ports.onNotice(letter));
  }
}

function signsOf(results: readonly SendResult[]): readonly Signs[] {
  const attempts = results.filter((result): result is AttemptResult => 'attempt' in result && result.standing !== null && result.attempt.code !== UNUSABLE);
  return [...Map.groupBy(attempts, ({ delivery }) => delivery.notification.target.channelId)].flatMap(([channelId, made]) => {
    const last = made.at(-1);
    if (channelId === null || last === undefined || last.standing === null) return [];
    return [{ channelId, standing: last.standing, sign: signOf(made), at: new Date(Date.parse(last.attempt.at) + last.attempt.durationMs), detail: last.attempt.detail }];
  });
}

/** Nothing was tried: the channel is disabled or removed already. */
const UNUSABLE = 'channel-unusable';

function signOf(made: readonly AttemptResult[]): Sign {
  if (made.some(({ disposition }) => disposition.state === 'failed' && disposition.disablesChannel)) return 'gone';
  return made.some(({ disposition }) => disposition.state === 'delivered') ? 'delivered' : 'failed';
}
