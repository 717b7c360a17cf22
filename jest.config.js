/** Node loads test files as it loads the service: see ADR 114. */
const base = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  testEnvironment: '<rootDir>/test/support/jest/process-environment.mjs',
  testRunner: '<rootDir>/test/support/jest/node-imports.mjs',
};

/** What starts built processes. */
const built = { ...base, globals: { postgres: 'embedded' } };

/**
 * Integration specs about something other than SQL: they run on the embedded version alone. All others run on
 * both, since statements, plans, locks, errors, migrations and jobs may depend on the version.
 */
const anyVersion = [
  'data-key',
  'event-relay',
  'factor-checks',
  'factor-rotation',
  'invitations',
  'mail-transports',
  'personal-data',
  'redis-connection',
  'redis-refusals',
  'shared-counters',
  'superusers',
];

const tiers = [
  { ...base, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
  ...['embedded', 'system'].map((postgres) => ({
    ...base,
    displayName: `integration (${postgres} PostgreSQL)`,
    testMatch: ['<rootDir>/test/integration/**/*.spec.ts'],
    testPathIgnorePatterns: [
      '/node_modules/',
      ...(postgres === 'system' ? anyVersion.map((name) => `/integration/${name}\\.spec`) : []),
    ],
    globals: { postgres },
  })),
  {
    ...built,
    displayName: 'e2e',
    testMatch: ['e2e', 'deploy'].map((tier) => `<rootDir>/test/${tier}/**/*.spec.ts`),
  },
];

/** Failures of processes and dependencies: `npm run drills`, and in CI `npm run drills:short`. */
const drills = {
  ...built,
  displayName: 'drills',
  testMatch: ['<rootDir>/test/drills/**/*.spec.ts'],
};

/** @type {import('jest').Config} */
export default {
  reporters: ['default', '<rootDir>/test/support/missing-programs-reporter.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // Ends what hangs, and asserts nothing of time: machines may be busy. In milliseconds.
  testTimeout: 120_000,
  testSequencer: '<rootDir>/test/support/units-last.mjs',
  // For two cores: suites wait for processes and timers most of the time.
  maxWorkers: 5,
  // All of them end at once, and with them what they started: Jest would kill them after 500 ms, with a warning.
  workerGracefulExitTimeout: 5000,
  projects: process.env.DRILLS === undefined ? tiers : [drills],
};
