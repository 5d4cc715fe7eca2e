/** What was found of the programs that the embedded Kafka needs. */
export interface JavaFacts {
  /** Output of `java -version`, or undefined when there is no such program. */
  readonly javaVersionOutput: string | undefined;
  /** True when the jars are still to be downloaded. */
  readonly mavenNeeded: boolean;
  readonly mavenFound: boolean;
  /** True when a Docker client is there, though no engine answers. */
  readonly dockerInstalled: boolean;
}

const JAVA_MAJOR_MIN = 17;
const INSTALL = 'on Debian or Ubuntu: sudo apt-get install openjdk-17-jre-headless maven';

/** Says in one sentence what is missing to run Kafka here, or undefined when nothing is. */
export function missingForKafka(facts: JavaFacts): string | undefined {
  const docker = facts.dockerInstalled ? 'start Docker (it is installed, but no engine answers)' : 'install Docker';
  const major = javaMajor(facts.javaVersionOutput);
  const mavenMissing = facts.mavenNeeded && !facts.mavenFound;
  if (major === undefined && mavenMissing) {
    return `Handoff needs either Docker, or Java ${JAVA_MAJOR_MIN} and Maven: ${docker}, or install the two (${INSTALL}).`;
  }
  if (major === undefined) {
    return `Handoff needs Java ${JAVA_MAJOR_MIN} or newer to run Kafka without Docker, and no working \`java\` was found: install it (${INSTALL}), or ${docker}.`;
  }
  if (major < JAVA_MAJOR_MIN) {
    return `Handoff needs Java ${JAVA_MAJOR_MIN} or newer to run Kafka without Docker, and \`java\` here is version ${major}: install a newer one (${INSTALL}), or ${docker}.`;
  }
  if (mavenMissing) {
    return `Handoff needs Maven to download Kafka, and no working \`mvn\` was found: install it (${INSTALL}), or ${docker}.`;
  }
  return undefined;
}

/** The major version in the output of `java -version`: 17 for "17.0.15", 8 for "1.8.0_402". */
export function javaMajor(versionOutput: string | undefined): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(versionOutput ?? '');
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
