import { javaMajor, missingForKafka, type JavaFacts } from './java.decision.js';

const ready: JavaFacts = {
  javaVersionOutput: 'openjdk version "17.0.15" 2025-04-15',
  mavenNeeded: true,
  mavenFound: true,
  dockerInstalled: false,
};

describe('what is missing to run Kafka here', () => {
  it('is nothing with Java 17 and Maven', () => {
    expect(missingForKafka(ready)).toBeUndefined();
  });

  it('names Docker, Java and Maven when none is there', () => {
    const sentence = missingForKafka({ ...ready, javaVersionOutput: undefined, mavenFound: false });
    expect(sentence).toContain('Handoff needs either Docker, or Java 17 and Maven');
  });

  it('names the version of a Java that is too old', () => {
    const sentence = missingForKafka({ ...ready, javaVersionOutput: 'openjdk version "11.0.2" 2019-01-15' });
    expect(sentence).toContain('`java` here is version 11');
  });

  it('names Maven alone when only the download is left', () => {
    expect(missingForKafka({ ...ready, mavenFound: false })).toContain('needs Maven to download Kafka');
  });

  it('asks for no Maven once Kafka is downloaded', () => {
    expect(missingForKafka({ ...ready, mavenFound: false, mavenNeeded: false })).toBeUndefined();
  });

  it('names Java alone when Kafka is downloaded and Java has gone', () => {
    const sentence = missingForKafka({ ...ready, javaVersionOutput: undefined, mavenNeeded: false });
    expect(sentence).toContain('no working `java` was found');
  });

  it('says that Docker is there but does not answer', () => {
    const sentence = missingForKafka({ ...ready, javaVersionOutput: undefined, dockerInstalled: true });
    expect(sentence).toContain('start Docker (it is installed, but no engine answers)');
  });

  it.each([
    ['openjdk version "21" 2023-09-19', 21],
    ['openjdk version "24-ea" 2025-03-18', 24],
    ['java version "1.8.0_402"', 8],
    ['The operation couldn’t be completed. Unable to locate a Java Runtime.', undefined],
  ])('reads the version from: %s', (output, major) => {
    expect(javaMajor(output)).toBe(major);
  });
});
