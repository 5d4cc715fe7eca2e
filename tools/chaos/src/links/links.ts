import { type Link, LINKS, type Service } from '../plan/fault.js';
import { whoSpeaksKafka, whoSpeaksPostgres, type WhoSpeaks } from './first-words.js';
import { LinkState } from './link-state.js';
import { Proxy } from './proxy.js';

/** Where the servers behind the proxies listen. Known later than the proxies: clients are told of these first. */
export interface Targets {
  kafka: number;
  postgres: number;
  intake: number;
  sink: number;
}

/** All ways between the processes of a run. */
export class Links {
  private constructor(private readonly states: ReadonlyMap<Link, LinkState>, readonly proxies: Readonly<Record<keyof Targets, Proxy>>) {}

  static async open(targets: Targets): Promise<Links> {
    const states = new Map(LINKS.map((link) => [link, new LinkState()]));
    const to = (engine: 'kafka' | 'postgres', whoSpeaks: WhoSpeaks) => (first: Buffer): LinkState | null => {
      const service: Service | null = whoSpeaks(first);
      return service === null ? null : states.get(`${service}-${engine}`) ?? null;
    };
    const only = (link: Link) => (): LinkState | null => states.get(link) ?? null;
    return new Links(states, {
      kafka: await Proxy.open({ targetPort: () => targets.kafka, linkOf: to('kafka', whoSpeaksKafka), speaksKafka: true }),
      postgres: await Proxy.open({ targetPort: () => targets.postgres, linkOf: to('postgres', whoSpeaksPostgres) }),
      intake: await Proxy.open({ targetPort: () => targets.intake, linkOf: only('sender-intake') }),
      sink: await Proxy.open({ targetPort: () => targets.sink, linkOf: only('notifier-sink') }),
    });
  }

  state(link: Link): LinkState {
    const state = this.states.get(link);
    if (state === undefined) throw new Error(`There is no link '${link}'.`);
    return state;
  }

  cut(link: Link): void {
    const state = this.state(link);
    state.isCut = true;
    for (const proxy of Object.values(this.proxies)) proxy.reset(state);
  }

  heal(): void {
    for (const state of this.states.values()) state.heal();
  }

  async close(): Promise<void> {
    this.heal();
    await Promise.all(Object.values(this.proxies).map((proxy) => proxy.close()));
  }
}
