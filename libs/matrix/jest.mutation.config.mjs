// The unit tests of the rules alone, for mutation tests: Stryker runs them in a copy of the tree.
import config from '../../jest.config.mjs';

const unit = config.projects.find(({ displayName }) => displayName === 'unit');

export default {
  ...unit,
  setupFiles: ['<rootDir>/libs/matrix/jest.mutation.setup.mjs'],
  testMatch: ['<rootDir>/libs/matrix/src/**/*.spec.ts'],
};
