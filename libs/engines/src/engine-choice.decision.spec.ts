import { chooseEngines, type EngineFacts } from './engine-choice.decision.js';

const bareMachine: EngineFacts = {
  kafkaBrokers: undefined,
  databaseUrl: undefined,
  forced: undefined,
  dockerAnswers: false,
};

describe('choosing the engines', () => {
  it('runs both engines itself on a machine without Docker', () => {
    expect(chooseEngines(bareMachine)).toEqual({ ok: true, kafka: 'embedded', postgres: 'embedded' });
  });

  it('prefers a Docker engine that answers', () => {
    const choice = chooseEngines({ ...bareMachine, dockerAnswers: true });
    expect(choice).toEqual({ ok: true, kafka: 'docker', postgres: 'docker' });
  });

  it('uses what the environment names, each engine on its own', () => {
    const brokersOnly = chooseEngines({ ...bareMachine, dockerAnswers: true, kafkaBrokers: 'kafka.example:9092' });
    const databaseOnly = chooseEngines({ ...bareMachine, databaseUrl: 'postgres://db.example/handoff' });
    expect(brokersOnly).toEqual({ ok: true, kafka: 'external', postgres: 'docker' });
    expect(databaseOnly).toEqual({ ok: true, kafka: 'embedded', postgres: 'external' });
  });

  it('stays embedded beside a Docker engine when told to', () => {
    const choice = chooseEngines({ ...bareMachine, dockerAnswers: true, forced: 'embedded' });
    expect(choice).toEqual({ ok: true, kafka: 'embedded', postgres: 'embedded' });
  });

  it('refuses Docker when no engine answers', () => {
    const choice = chooseEngines({ ...bareMachine, forced: 'docker' });
    expect(choice).toMatchObject({ ok: false, problem: expect.stringContaining('start Docker') });
  });

  it('needs no Docker engine when both engines are external', () => {
    const choice = chooseEngines({ forced: 'docker', dockerAnswers: false, kafkaBrokers: 'k:1', databaseUrl: 'd' });
    expect(choice).toEqual({ ok: true, kafka: 'external', postgres: 'external' });
  });

  it('refuses a kind of engine it does not know', () => {
    const choice = chooseEngines({ ...bareMachine, forced: 'podman' });
    expect(choice).toMatchObject({ ok: false, problem: expect.stringContaining('"podman"') });
  });
});
