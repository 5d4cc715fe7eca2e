// One configuration for three tiers, chosen by file suffix:
//   *.spec.ts      unit: no network, no disk
//   *.int.spec.ts  one project against real engines
//   *.e2e.spec.ts  the services as processes against real engines
import { readFileSync } from 'node:fs';

const swcOptions = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));

const shared = {
  rootDir: import.meta.dirname,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swcOptions, swcrc: false }] },
  // Sources import each other as './x.js', the name they have once built.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Workspace packages resolve to their sources, so tests need no build.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  // Mutation tests copy the workspace into coverage/.
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/coverage/'],
  transformIgnorePatterns: ['/node_modules/(?!@handoff/)'],
};

export default {
  // Jest keeps the modules of every file that it ran: some 150 MB for one that loads a service. A worker beyond this is replaced.
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{bench,{libs,services,tools}/*}/src/**/*.spec.ts', '<rootDir>/services/console/page/src/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(int|e2e)\\.spec\\.ts$'],
    },
    {
      ...shared,
      displayName: 'int',
      setupFilesAfterEnv: ['<rootDir>/libs/testing/jest/int-timeout.mjs'],
      testMatch: ['<rootDir>/{libs,services,tools}/*/src/**/*.int.spec.ts'],
      globalSetup: '<rootDir>/libs/testing/jest/engines-up.mjs',
      globalTeardown: '<rootDir>/libs/testing/jest/engines-down.mjs',
    },
    {
      ...shared,
      displayName: 'e2e',
      setupFilesAfterEnv: ['<rootDir>/libs/testing/jest/e2e-timeout.mjs'],
      testMatch: ['<rootDir>/e2e/**/*.e2e.spec.ts'],
      globalSetup: '<rootDir>/libs/testing/jest/engines-up.mjs',
      globalTeardown: '<rootDir>/libs/testing/jest/engines-down.mjs',
    },
  ],
};
