// The rules of this repository. Each says why; CONTRIBUTING.md explains how to work with them.
import tseslint from 'typescript-eslint';

const SERVICES = ['intake', 'routing', 'notifier', 'console'];

/** Imports that nobody may make: another project's inside, or a service. */
const insides = { group: ['@handoff/*/*'], message: 'Import the package by its name: what is not in its index is its own.' };
const escapes = { regex: '^(\\.\\./)+(libs|services|tools)/', message: 'Import other projects by their package name.' };
const services = { group: SERVICES.map((name) => `@handoff/${name}`), message: 'Services know each other by events and HTTP alone.' };
const testing = { group: ['@handoff/testing', '@handoff/engines', '@jest/*'], message: 'Only tests use this.' };
const everywhere = [insides, escapes, services];

/** A service reaches Kafka and PostgreSQL only through the libraries. */
const drivers = { group: ['kafkajs', 'pg'], message: 'Kafka and PostgreSQL are reached through @handoff/messaging and @handoff/persistence.' };
/** Nor other servers except through the library that checks where a call goes. */
const clients = { group: ['undici', 'axios', 'got', 'node-fetch', 'node:https'], message: 'Other servers are called through @handoff/outbound.' };
const fetching = { name: 'fetch', message: 'Other servers are called through @handoff/outbound.' };
const nothing = { regex: '^[^.]', message: 'Rules import nothing: that is what makes them certain.' };

const imports = (...patterns) => ['error', { patterns: [...everywhere, ...patterns] }];

const impure = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take the time as an argument.' },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Take the time as an argument.' },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'Take randomness as an argument.' },
];
const environment = { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Only config.ts reads the environment.' };
const moduleMocks = { selector: "CallExpression[callee.object.name='jest'][callee.property.name=/^(mock|unstable_mockModule|setTimeout)$/]", message: 'Use the twin in memory or the real engine; and find out why a test is slow.' };
const focused = { selector: "CallExpression[callee.property.name=/^(only|skip|todo)$/][callee.object.name=/^(it|test|describe)$/]", message: 'Every test runs.' };

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.handoff/**', '.nx/**', 'coverage/**', 'e2e/lint-violations/**'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-imports': imports(testing),
      'no-restricted-syntax': ['error', moduleMocks, focused],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 5 }],
      complexity: ['error', 16],
    },
  },
  {
    files: ['libs/matrix/src/**/*.ts', 'libs/classification/src/**/*.ts'],
    rules: {
      'no-restricted-imports': imports(nothing),
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'console', 'require', 'Buffer'],
      'no-restricted-syntax': ['error', ...impure, moduleMocks, focused],
    },
  },
  { files: ['**/*.decision.ts'], rules: { 'no-restricted-syntax': ['error', ...impure, environment, moduleMocks, focused] } },
  { files: ['services/*/src/**/*.ts'], rules: { 'no-restricted-imports': imports(testing, drivers, clients), 'no-restricted-globals': ['error', fetching], 'no-restricted-syntax': ['error', environment, moduleMocks, focused] } },
  { files: ['services/*/src/**/*.decision.ts'], rules: { 'no-restricted-syntax': ['error', ...impure, environment, moduleMocks, focused] } },
  // A migration is one list of statements.
  { files: ['**/*migration.ts', '**/migrations/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  // The page: what runs in a browser, and what builds it.
  { files: ['services/console/page/**/*.{ts,tsx}'], ignores: ['**/*.spec.ts'], rules: { 'no-restricted-imports': imports(testing, drivers, clients, { regex: '^@handoff/(?!contracts$)', message: 'The page knows the services by HTTP, and contracts by types alone.' }) } },
  { files: ['services/*/src/config.ts'], rules: { 'no-restricted-syntax': ['error', moduleMocks, focused] } },
  { files: ['libs/testing/**/*.ts', 'libs/engines/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts', 'e2e/**/*.ts'], rules: { 'no-restricted-imports': imports() } },
  { files: ['libs/engines/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts', 'e2e/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.spec.ts', '**/*.contract.ts', '**/*.fixture.ts', 'libs/testing/**/*.ts', 'e2e/**/*.ts'],
    rules: { 'no-restricted-imports': imports(), 'no-restricted-globals': 'off', 'no-restricted-syntax': ['error', moduleMocks, focused], 'max-lines': 'off', 'max-lines-per-function': 'off', 'max-params': 'off' },
  },
);
