// Who may import whom. The one table behind eslint.config.mjs and .dependency-cruiser.mjs, so that the two cannot
// disagree; tools/boundaries/boundaries.mjs plants a breach of each arrow and expects both to find it.

/** Each layer's folders. A folder is one package; its last name is its scope. */
export const layers = {
  kernel: ['libs/money', 'libs/calendar', 'libs/ledger'],
  domain: ['libs/domain/*'],
  contracts: ['libs/contracts'],
  platform: ['libs/platform/*'],
  testing: ['libs/testing'],
  app: ['apps/*'],
  tool: ['tools/*'],
};

/**
 * Layers that each layer may import besides its own package, and packages from npm (`*` is any, `node:` Node's own).
 * `testing` is added for specs. Services share contracts and kernel, never each other's domain.
 */
export const arrows = {
  kernel: { to: ['kernel'], npm: [] },
  domain: { to: ['kernel'], npm: [] },
  contracts: {
    to: ['kernel'],
    npm: [
      'node:',
      'ajv',
      'class-validator',
      '@bufbuild/protobuf',
      '@grpc/grpc-js',
      '@nestjs/microservices',
      'rxjs',
    ],
  },
  platform: { to: ['kernel', 'contracts', 'platform'], npm: ['node:', '*'] },
  testing: { to: ['kernel', 'contracts', 'platform', 'tool'], npm: ['node:', '*'] },
  app: { to: ['kernel', 'contracts', 'platform'], npm: ['node:', '*'] },
  tool: { to: ['kernel', 'domain', 'contracts', 'platform', 'tool'], npm: ['node:', '*'] },
};

/** What may stand between quotes where another package is imported: its front door, and the one that must stay cheap to enter. */
export const doors = ['@guoku/*', '@guoku/service/start'];

/** A door for specs alone. */
export const specDoors = ['@guoku/service/testing'];

/** The domain libraries of each service. */
export const ownDomains = {
  quota: ['quota'],
  revenue: ['revenue'],
  forecast: ['forecast'],
  payment: ['payment', 'schedule'],
};

/** Layers whose code is pure: values in, values out. */
export const pureLayers = ['kernel', 'domain'];

/** What a spec may import on top of its layer's arrows. */
export const specMayImport = { to: ['testing'], npm: ['node:', 'fast-check', '@jest/globals'] };

/** Amounts are whole fen in @guoku/money, so nobody needs decimals that print exponents and round on their own. */
export const nobodyImports = ['decimal.js'];

export const specFiles = ['**/*.spec.ts', '**/test/**/*.ts'];
