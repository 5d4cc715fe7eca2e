// As int-timeout.mjs, for tests that start every service.
import { jest } from '@jest/globals';

jest.setTimeout(120_000);
