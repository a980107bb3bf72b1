/** One configuration for every kind of test; `test/run.mjs` chooses folders and time zones. */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.cjs' },
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  testTimeout: 60_000,
  maxWorkers: 2,
  // also keeps a single worker in a process of its own: what a test leaves open would hold jest up otherwise
  workerIdleMemoryLimit: '2GB',
};
