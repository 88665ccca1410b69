// The manners that lint cannot see. What is banned comes with what to use instead.
import { dirname, join, normalize } from 'node:path';

const code = /\.(ts|mjs|js|sql|proto|sh)$/;
const spec = /\.spec\.ts$/;
const ours = /^(apps|libs|tools)\//;

/** Where a text is looked for (`in`, not `notIn`), the text, and what to use instead. */
const banned = [
  { in: code, text: /\b(TODO|FIXME|HACK|XXX)\b/, instead: 'finish it, or open an issue' },
  {
    in: spec,
    text: /\b(test|it|describe)\.(skip|only|todo|failing)\b|^\s*[xf](it|test|describe)(\.each.*)?\(['`]/,
    instead: 'run every test, or delete it',
  },
  {
    in: spec,
    text: /\bjest\.(mock|unstable_mockModule|fn|spyOn)\(/,
    instead: 'the real thing, or a fake with faults from @guoku/testing',
  },
  { in: code, text: /eslint-disable(?!.* -- \S)/, instead: 'the reason, after ` -- `' },
  { in: code, text: /\bforwardRef\(/, instead: 'a third module that both import' },
  { in: code, text: /\bsynchronize: true\b/, instead: 'a migration' },
  { in: /\.(store|queries)\.ts$/, text: /\$[1-9]/, instead: 'a named parameter, `:amount`' },
  {
    in: /\.(ts|mjs)$/,
    notIn: /^libs\/money\//,
    text: /\bparseFloat\(|\bNumber\([\w.?!]*(amount|balance|money|yuan|fen)\b/i,
    instead: 'Money.parse or Money.of: an amount never becomes a float',
  },
  {
    in: /\.ts$/,
    notIn: /^(libs\/domain|tools)\/(schedule|forecast)\//,
    text: /\b\w*(amount|balance)\??: number\b/i,
    instead: 'Money',
  },
  {
    in: /^libs\/(domain\/quota|ledger)\/.*\.ts$/,
    text: /\bcommit/i,
    instead: 'hold, spend or release: databases and brokers commit, quota does not',
  },
  { in: /./, text: /\.\.\/shared\b/, instead: 'a file of this repository' },
  {
    in: /./,
    notIn: /(^|\/)(Dockerfile|docker-compose\.yml)$/,
    text: /(^|[\s'"`=(,[])\/(work|root|home|Users|tmp)\//,
    instead: 'a path relative to the repository, or os.tmpdir()',
  },
  {
    in: /./,
    text: /registry\.(npmjs|npmmirror|yarnpkg)|\brepo1?\.maven\.|maven\.aliyun|pypi\.org|proxy\.golang|artifactory|localhost:4873/i,
    instead: "the machine's own settings: npm and Maven know where packages are",
  },
  {
    in: /^package-lock\.json$/,
    text: /"resolved": "\w+:/,
    instead: '`npm install` with omit-lockfile-registry-resolved',
  },
  { in: /./, text: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, instead: 'a key made at the first start' },
];

const bannedNames = /(^|[-.])(utils?|helpers?|common|shared|base|manager|impl|misc)([-.]|$)/;

/** These name what is banned, or plant it. */
const exempt = /^tools\/(tidy\/|boundaries\/sins\.mjs$)/;

/**
 * What is wrong with one file, as lines `path:line: what, use what`.
 *
 * @param path relative to the repository, with `/`
 * @param files all paths of the repository
 */
export function faultsOf(path, text, files) {
  if (exempt.test(path)) return [];
  return [
    ...bannedTexts(path, text),
    ...(code.test(path) ? tooLong(path, text) : []),
    ...(ours.test(path) ? wrongName(path, files) : []),
    ...(/\/src\/index\.ts$/.test(path) ? notOnlyExports(path, text) : []),
    ...(spec.test(path) ? repeatedTests(path, text) : []),
    ...(/\.md$/.test(path) ? deadLinks(path, text, files) : []),
    ...(/.\/package\.json$/.test(path) ? wrongPackage(path, text) : []),
  ];
}

function bannedTexts(path, text) {
  const rules = banned.filter((rule) => rule.in.test(path) && !rule.notIn?.test(path));
  return text
    .split('\n')
    .flatMap((line, at) =>
      rules
        .filter((rule) => rule.text.test(line))
        .map(
          (rule) =>
            `${path}:${at + 1}: ${rule.text.exec(line)[0].trim()} is banned, use ${rule.instead}`,
        ),
    );
}

function tooLong(path, text) {
  const lines = text.trimEnd().split('\n');
  // A table of a spec keeps a row on one line, so that it can be read as a table.
  const isTable = path.endsWith('.spec.ts');
  const wide = lines.flatMap((line, at) =>
    !isTable && [...line].length > 132
      ? [`${path}:${at + 1}: ${[...line].length} characters, at most 132`]
      : [],
  );
  return lines.length > 400
    ? [`${path}:1: ${lines.length} lines, at most 400: split it`, ...wide]
    : wide;
}

function wrongName(path, files) {
  const [, ...parts] = path.split('/');
  const name = parts.at(-1);
  const faults = parts
    .filter((part) => bannedNames.test(part))
    .map((part) => `${path}:1: ${part} says nothing, name what it holds`);

  // Proto files are named as buf wants them, after their package.
  const form = name.endsWith('.proto') ? /^[a-z0-9_]+\.proto$/ : /^[a-z0-9.-]+$/;
  if (code.test(name) && !form.test(name)) {
    faults.push(`${path}:1: file names are lower case with hyphens`);
  }
  if (/^index\.(ts|mjs)$/.test(name)) {
    const home = dirname(dirname(path));
    if (!path.endsWith(`/src/${name}`) || !files.has(`${home}/package.json`)) {
      faults.push(`${path}:1: index is the front door of a package, import the file itself`);
    }
  }
  if (/[._-](spec|test)\.\w+$/i.test(name) && !/\/(src|test)\/.*\.spec\.ts$/.test(path)) {
    faults.push(`${path}:1: jest runs src/**/*.spec.ts and test/**/*.spec.ts, this never runs`);
  }
  return faults;
}

function notOnlyExports(path, text) {
  const rest = text
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    .replace(/export (type )?\{[^}]*\}( from '[^']*')?;/g, '')
    .trim();
  return rest === ''
    ? []
    : [`${path}:1: a front door only lists the names that leave, with export { … } from`];
}

/** A test's name under its describes; prettier's indentation tells which describe is open. */
const title =
  /^( *)(describe|test|it)(?:\.each(?:<[^\n]*>)?(?:\([^\n]*\)|\([\s\S]*?\n\1\]\)))?\(\s*(['"`])((?:\\.|(?!\3)[^\\])*)\3/gm;

function repeatedTests(path, text) {
  const seen = new Set();
  const open = [];
  const faults = [];
  for (const { 1: indent, 2: kind, 4: name, index } of text.matchAll(title)) {
    while (open.length > 0 && open.at(-1).depth >= indent.length) open.pop();
    const full = [...open.map((outer) => outer.name), name].join(' › ');
    if (seen.has(full)) {
      const line = text.slice(0, index).split('\n').length;
      faults.push(`${path}:${line}: a second ${kind} is called '${full}', name what it tests`);
    }
    seen.add(full);
    if (kind === 'describe') open.push({ depth: indent.length, name });
  }
  return seen.size > 0 ? faults : [`${path}:1: no test in it`];
}

function deadLinks(path, text, files) {
  const targets = [...text.matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)[^)]*\)/g)];
  return targets.flatMap(({ 1: target, index }) => {
    const found = normalize(join(dirname(path), target)).replace(/\/$/, '');
    const exists = files.has(found) || [...files].some((file) => file.startsWith(`${found}/`));
    const line = text.slice(0, index).split('\n').length;
    return exists ? [] : [`${path}:${line}: the link to ${target} leads nowhere`];
  });
}

function wrongPackage(path, text) {
  const { private: isPrivate, license, type, dependencies, devDependencies } = JSON.parse(text);
  const sound = isPrivate === true && license === 'Apache-2.0' && type === 'module';
  return [
    ...(sound ? [] : [`${path}:1: a package is private, Apache-2.0 and of type module`]),
    ...(dependencies || devDependencies
      ? [`${path}:1: dependencies stand in the root package.json`]
      : []),
  ];
}
