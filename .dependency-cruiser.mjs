// What lint, which sees one file at a time, cannot see: cycles and files that nothing reaches. The arrows are checked
// once more, from the same table, by another resolver than lint's.
import {
  arrows,
  layers,
  nobodyImports,
  ownDomains,
  specMayImport,
} from './tools/boundaries/arrows.mjs';

const oneOf = (paths) => `^(${paths.map((path) => path.replace('*', '[^/]+')).join('|')})/`;
const foldersOf = (names) => names.flatMap((name) => layers[name]);
const anyPackage = oneOf(foldersOf(Object.keys(layers)));
const spec = '\\.spec\\.ts$|/test/';

/** What is started by its name: front doors, programs, threads, specs. */
const started = `/src/(index|main)\\.ts$|\\.worker\\.ts$|\\.mjs$|${spec}`;

/** `$1` is the importing file's own package. */
const arrowRule = (type, { to }) => ({
  name: `arrows-of-${type}`,
  severity: 'error',
  from: { path: oneOf(layers[type]) },
  to: {
    path: anyPackage,
    pathNot: ['^$1/', oneOf(foldersOf([...to, ...specMayImport.to]))].concat(
      type === 'app' ? ['^libs/domain/'] : [],
    ),
  },
});

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dead-files',
      comment: 'Nothing that runs reaches this file: import it or delete it.',
      severity: 'error',
      from: { path: started },
      to: { path: '/src/.*\\.ts$', pathNot: `${started}|node_modules`, reachable: false },
    },
    ...Object.entries(arrows).map(([type, targets]) => arrowRule(type, targets)),
    ...Object.entries(ownDomains).map(([scope, domains]) => ({
      name: `own-domain-of-${scope}`,
      severity: 'error',
      from: { path: `^apps/${scope}/` },
      to: {
        path: '^libs/domain/',
        pathNot: oneOf(domains.map((domain) => `libs/domain/${domain}`)),
      },
    })),
    {
      name: 'checker-stands-alone',
      comment:
        'What checks a plan shares no code with what makes it: the types of problem and plan.',
      severity: 'error',
      from: { path: '^libs/domain/schedule/src/check/', pathNot: spec },
      to: {
        pathNot: '^libs/domain/schedule/src/(check/|(problem|plan)\\.ts$)',
      },
    },
    {
      name: 'checker-takes-types-only',
      severity: 'error',
      from: { path: '^libs/domain/schedule/src/check/', pathNot: spec },
      to: {
        path: '^libs/domain/schedule/src/(problem|plan)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-specs-import-testing',
      severity: 'error',
      from: { path: anyPackage, pathNot: [spec, oneOf(foldersOf(['testing', 'tool']))] },
      to: { path: oneOf(layers.testing) },
    },
    {
      name: 'nothing-runs-on-specs',
      severity: 'error',
      from: { pathNot: spec },
      to: { path: spec },
    },
    {
      name: 'nobody-imports',
      severity: 'error',
      from: {},
      to: { path: nobodyImports.map((name) => `node_modules/${name}/`) },
    },
    {
      name: 'found',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(dist|generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@guoku/source', 'import', 'node', 'types', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.d.ts', '.json'],
    },
  },
};
