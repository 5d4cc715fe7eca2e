// Lints code that breaks a boundary on purpose, and fails unless each break is reported: a rule that
// stopped working would otherwise look like a clean code base.
import { ESLint } from 'eslint';

const planted = [
  [
    'a service that imports another',
    'services/routing/src/planted.ts',
    "import '@handoff/intake';",
    'no-restricted-imports',
  ],
  [
    'a service that reaches into a library',
    'services/routing/src/planted.ts',
    "import '@handoff/messaging/src/runner.js';",
    'no-restricted-imports',
  ],
  [
    'a service that leaves its folder',
    'services/routing/src/planted.ts',
    "import '../../../services/intake/src/main.js';",
    'no-restricted-imports',
  ],
  [
    'a service that talks to Kafka itself',
    'services/notifier/src/planted.ts',
    "import 'kafkajs';",
    'no-restricted-imports',
  ],
  [
    'a service that talks to PostgreSQL itself',
    'services/intake/src/planted.ts',
    "import 'pg';",
    'no-restricted-imports',
  ],
  [
    'a service that calls other servers itself',
    'services/notifier/src/planted.ts',
    "import 'undici';",
    'no-restricted-imports',
  ],
  [
    'a service that fetches',
    'services/intake/src/planted.ts',
    "export const x = fetch('https://contoso.example/');",
    'no-restricted-globals',
  ],
  [
    'a service that ships test code',
    'services/intake/src/planted.ts',
    "import '@handoff/testing';",
    'no-restricted-imports',
  ],
  [
    'a service that reads the environment outside config.ts',
    'services/intake/src/planted.ts',
    'export const x = process.env;',
    'no-restricted-syntax',
  ],
  ['a rule that imports a driver', 'libs/matrix/src/planted.ts', "import 'kafkajs';", 'no-restricted-imports'],
  ['a rule that imports Node', 'libs/matrix/src/planted.ts', "import 'node:fs';", 'no-restricted-imports'],
  [
    'a rule that looks at the clock',
    'libs/matrix/src/planted.ts',
    'export const x = Date.now();',
    'no-restricted-syntax',
  ],
  ['a rule that throws dice', 'libs/matrix/src/planted.ts', 'export const x = Math.random();', 'no-restricted-syntax'],
  [
    'a decision that looks at the clock',
    'services/routing/src/planted.decision.ts',
    'export const x = new Date();',
    'no-restricted-syntax',
  ],
  [
    'a library that ships test code',
    'libs/persistence/src/planted.ts',
    "import '@handoff/testing';",
    'no-restricted-imports',
  ],
  [
    'a promise that nobody awaits',
    'libs/persistence/src/planted.ts',
    'void 0; Promise.resolve(1);',
    '@typescript-eslint/no-floating-promises',
  ],
  ['a mock of a module', 'libs/persistence/src/planted.spec.ts', "jest.mock('./x.js');", 'no-restricted-syntax'],
  [
    'a test that does not run',
    'libs/persistence/src/planted.spec.ts',
    "it.skip('x', () => undefined);",
    'no-restricted-syntax',
  ],
];

const eslint = new ESLint({
  // The files exist only here, so the type checker gets a project made up for them.
  overrideConfig: [
    {
      files: ['**/planted*.ts'],
      languageOptions: {
        parserOptions: {
          projectService: {
            allowDefaultProject: ['services/*/src/*.ts', 'libs/*/src/*.ts'],
            maximumDefaultProjectFileMatchCount_THIS_WILL_SLOW_DOWN_LINTING: 20,
          },
        },
      },
    },
  ],
});

let missed = 0;
for (const [what, filePath, code, ruleId] of planted) {
  const [result] = await eslint.lintText(code, { filePath });
  if (result?.messages.some((message) => message.ruleId === ruleId)) continue;
  missed += 1;
  console.error(
    `Not reported: ${what} (${ruleId} in ${filePath}). Reported: ${JSON.stringify(result?.messages.map(({ ruleId, message }) => ruleId ?? message))}`,
  );
}
console.log(`${planted.length - missed} of ${planted.length} planted violations were reported.`);
process.exitCode = missed === 0 ? 0 : 1;
