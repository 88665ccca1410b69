// Builds all workspaces through Nx, and knows without asking Nx when there is nothing to do.
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnBound } from '../../embedded/src/bound-process.mjs';
import { node24 } from '../../embedded/src/node.mjs';
import { step } from './progress.mjs';
import { Refused } from './refused.mjs';
import { builtWorkspaces, packageEnvironment, ROOT } from './workspace.mjs';

const stamp = join(ROOT, '.nx', 'guoku-built');

/** Nx asks nobody, keeps no daemon, and keeps its cache in the clone, so that a fresh clone is really built. */
const quietNx = {
  NX_NO_CLOUD: 'true',
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  FORCE_COLOR: '0',
  NX_CACHE_DIRECTORY: join(ROOT, '.nx', 'cache'),
};

/**
 * @param {object} [options]
 * @param {boolean} [options.quiet] says something only if it takes long or fails, and on standard error
 * @throws {Refused} with the compiler's words
 */
export async function build({ quiet = false } = {}) {
  const begun = new Date();
  if (isBuilt()) return;
  await step('Building', nx, { quiet });
  mkdirSync(join(ROOT, '.nx'), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, begun, begun);
}

async function nx() {
  let output = '';
  const how = await spawnBound(node24(), ['node_modules/.bin/nx', 'run-many', '-t', 'build'], {
    cwd: ROOT,
    env: { ...packageEnvironment(), ...quietNx },
    output: (text) => (output += text),
  }).exited;
  if (how === 'exit status 0') return;
  const firstFailure = Math.max(0, output.indexOf('> nx run '));
  throw new Refused(`The build failed (${how}):\n${output.slice(firstFailure).trim()}`);
}

function isBuilt() {
  const builtMs = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs;
  if (builtMs === undefined) return false;
  const rules = ['package-lock.json', '.swcrc', 'tools/build'].map((path) => join(ROOT, path));
  if (rules.some((path) => changedMs(path) > builtMs)) return false;
  return builtWorkspaces().every((folder) => {
    const sources = ['package.json', 'src'].map((path) => join(ROOT, folder, path));
    return (
      existsSync(join(ROOT, folder, 'dist')) && sources.every((path) => changedMs(path) <= builtMs)
    );
  });
}

/**
 * A folder counts as well as its files: one that lost a file is younger.
 *
 * @param {string} path
 * @returns {number}
 */
function changedMs(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status) return 0;
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => changedMs(join(path, name))));
}
