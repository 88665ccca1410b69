// Lint in four parts: what every file keeps to, who may import whom, what pure code may not touch, and what specs may
// do on top. A later block replaces a rule's options whole, so each list of bans is put together in one place.
import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';
import {
  arrows,
  doors,
  layers,
  nobodyImports,
  ownDomains,
  pureLayers,
  specDoors,
  specFiles,
  specMayImport,
} from './tools/boundaries/arrows.mjs';

const foldersOf = (names) => names.flatMap((name) => layers[name]);
const sources = foldersOf(Object.keys(layers)).map((folder) => `${folder}/**/*.ts`);
const pureSources = foldersOf(pureLayers).map((folder) => `${folder}/src/**/*.ts`);

// Bans by syntax.

const ban = (selector, message) => ({ selector, message });
const bansEverywhere = [
  ban('ExportAllDeclaration', 'List the names that leave a file.'),
  ban('ExportDefaultDeclaration', 'Export by name: a name is searched, a default is renamed.'),
  ban(
    'CallExpression[callee.name="parseFloat"]',
    'Money is read by Money.of, other numbers by Number.',
  ),
  ban(
    'MemberExpression[object.name="Math"][property.name="random"]',
    'Chance is given, from a seed or node:crypto.',
  ),
];
const banEnvironment = ban(
  'MemberExpression[object.name="process"][property.name="env"]',
  'The environment is read once, in config.ts.',
);
const bansOfPureCode = [
  ban(':function[async=true]', 'Rules do not wait: values in, values out.'),
  ban('AwaitExpression', 'Rules do not wait: values in, values out.'),
  ban('ImportExpression', 'Rules do not wait: values in, values out.'),
  ban(
    'NewExpression[callee.name="Date"][arguments.length=0]',
    'Time is given: take a Day or an instant.',
  ),
  ban('CallExpression[callee.name="Date"]', 'Time is given: take a Day or an instant.'),
  ban(
    'MemberExpression[object.name="Date"][property.name="now"]',
    'Time is given: take a Day or an instant.',
  ),
];
const globalsOfTheWorld = [
  ...['Buffer', 'console', 'crypto', 'fetch', 'globalThis', 'performance', 'process', 'Temporal'],
  ...[
    'clearInterval',
    'clearTimeout',
    'setImmediate',
    'setInterval',
    'setTimeout',
    'queueMicrotask',
  ],
].map((name) => ({ name, message: 'Rules touch nothing outside: values in, values out.' }));

// Arrows.

const element = (type, captured) => ({ element: captured ? { type, captured } : { type } });
/** Another package is imported by its name and at its front door, never by a path into it. */
const packages = (elements, source = doors) => ({ to: elements, dependency: { source } });
const npm = (names) => ({
  to: names.map((name) => {
    if (name === 'node:') return { module: { origin: 'core' } };
    return { module: { origin: 'external', source: name === '*' ? '**' : `${name}{,/**}` } };
  }),
});
const mayImport = ({ to, npm: names }) => [
  packages(to.map((type) => element(type))),
  ...(names.length > 0 ? [npm(names)] : []),
];
const policies = [
  ...Object.entries(arrows).map(([type, targets]) => ({
    from: element(type),
    allow: mayImport(targets),
  })),
  ...Object.entries(ownDomains).map(([scope, domains]) => ({
    from: element('app', { scope }),
    allow: packages(domains.map((domain) => element('domain', { scope: domain }))),
  })),
  { from: { file: { categories: 'spec' } }, allow: mayImport(specMayImport) },
  {
    from: { file: { categories: 'spec' } },
    allow: packages([element('platform')], specDoors),
  },
  { disallow: npm(nobodyImports), message: 'Amounts are Money, of @guoku/money.' },
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/generated/**',
      '**/node_modules/**',
      '.nx/**',
      '.guoku/**',
      'samples/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: sources,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { boundaries },
    settings: {
      'boundaries/elements': Object.entries(layers).flatMap(([type, folders]) =>
        folders.map((folder) =>
          folder.endsWith('*')
            ? { type, pattern: folder.replace('*', '(*)'), capture: ['scope'] }
            : { type, pattern: folder },
        ),
      ),
      'boundaries/files': [{ category: 'spec', pattern: specFiles }],
      'import/resolver': {
        typescript: {
          project: 'tsconfig.json',
          conditionNames: ['@guoku/source', 'types', 'import', 'default'],
        },
      },
    },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-param-reassign': 'error',
      'no-restricted-syntax': ['error', ...bansEverywhere, banEnvironment],
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/max-params': ['error', { max: 5 }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-extraneous-class': [
        'error',
        { allowWithDecorator: true, allowEmpty: true },
      ],
      // A DTO is a shape: an object of the same fields may stand for it, and be made from it.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // `rows<Row>(sql)` names the shape that a statement yields, once.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      // An interface may be asynchronous for the sake of its other implementation.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allow: [{ from: 'file', name: ['Money'] }] },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'boundaries/dependencies': [
        'error',
        { default: 'disallow', checkAllOrigins: true, checkUnknownLocals: true, policies },
      ],
    },
  },

  {
    files: pureSources,
    ignores: specFiles,
    rules: {
      'no-restricted-globals': ['error', ...globalsOfTheWorld],
      'no-restricted-syntax': ['error', ...bansEverywhere, banEnvironment, ...bansOfPureCode],
    },
  },

  {
    // The one reader of the environment in each service, and what runs before or beside the services.
    files: ['**/config.ts', 'libs/testing/**/*.ts', 'tools/**/*.ts', ...specFiles],
    rules: { 'no-restricted-syntax': ['error', ...bansEverywhere] },
  },
  { files: ['tools/**/*.ts'], rules: { 'no-console': 'off' } },

  {
    files: specFiles,
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/max-params': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
