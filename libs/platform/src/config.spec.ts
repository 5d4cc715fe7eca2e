import { readSettings, readToken, serviceSettings, StartupError } from './config.js';

const GOOD = { PORT: '8081', KAFKA_BROKERS: 'a:9092, b:9092', DATABASE_URL: 'postgres://localhost/x' };

describe('the settings of a service', () => {
  it('are read once, with defaults for what is left out or empty', () => {
    expect(readSettings(serviceSettings, { ...GOOD, LOG_LEVEL: '' })).toMatchObject({ PORT: 8081, HOST: '127.0.0.1', KAFKA_BROKERS: ['a:9092', 'b:9092'], KAFKA_PARTITIONS: 12, MIGRATE_ON_START: true, LOG_LEVEL: 'info' });
  });

  it('that are wrong are all named at once', () => {
    const read = () => readSettings(serviceSettings, { PORT: 'x', KAFKA_BROKERS: 'a', DATABASE_URL: 'mysql://x', KAFKA_PARTITIONS: '0' });
    expect(read).toThrow(StartupError);
    expect(read).toThrow(/PORT[^]*DATABASE_URL: must start with postgres:\/\/[^]*KAFKA_PARTITIONS/);
  });

  it('that are missing are said to be needed', () => {
    expect(() => readSettings(serviceSettings, { PORT: '8081' })).toThrow('DATABASE_URL: is needed');
  });

  it('have no token unless one is given, and say which file cannot be read', () => {
    expect(readToken({ HANDOFF_TOKEN: undefined, HANDOFF_TOKEN_FILE: undefined })).toBeNull();
    expect(readToken({ HANDOFF_TOKEN: 'given', HANDOFF_TOKEN_FILE: undefined })).toBe('given');
    expect(() => readToken({ HANDOFF_TOKEN: undefined, HANDOFF_TOKEN_FILE: '/nowhere/token' })).toThrow(/HANDOFF_TOKEN_FILE cannot be read/);
  });
});
