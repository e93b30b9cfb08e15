/** Run as `NODE_OPTIONS=--experimental-vm-modules jest`: the tree is ESM, and so are its tests. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/e2e/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  globalSetup: '<rootDir>/tests/support/jest-start.ts',
  globalTeardown: '<rootDir>/tests/support/jest-stop.ts',
  testTimeout: 30_000,
  testSequencer: '<rootDir>/tests/support/jest-order.js',
  maxWorkers: 3,
};
