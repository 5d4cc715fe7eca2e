// Jest reads testTimeout from the whole run only, never from one project: https://jestjs.io/docs/configuration#testtimeout-number
import { jest } from '@jest/globals';

jest.setTimeout(60_000);
