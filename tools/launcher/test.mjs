// `npm test`: installs what is missing, then every check and every level of tests. `npm test -- unit lint` runs those
// named. The last line is always "N passed, N failed".
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnBound } from '../embedded/src/bound-process.mjs';
import { node24 } from '../embedded/src/node.mjs';
import { build } from './src/build.mjs';
import { installKafka, installPackages, packagesAreInstalled } from './src/install.mjs';
import { needAccount, needDisk, needJavaAndMaven, needLinux } from './src/machine.mjs';
import { step } from './src/progress.mjs';
import { Refused } from './src/refused.mjs';
import { runUntilTheEnd } from './src/running.mjs';
import { packageEnvironment, ROOT } from './src/workspace.mjs';

/** Scripts of package.json that say by their exit status whether all is well. */
const CHECKS = {
  format: 'format:check',
  lint: 'lint',
  types: 'typecheck',
  boundaries: 'boundaries',
  dependencies: 'dependencies',
  tidy: 'tidy',
};

/** The ending of a spec's name says its level. */
const LEVELS = {
  unit: String.raw`^(?!.*\.(sim|int|e2e)\.spec\.ts$).*\.spec\.ts$`,
  simulation: String.raw`\.sim\.spec\.ts$`,
  integration: String.raw`\.int\.spec\.ts$`,
  'end to end': String.raw`\.e2e\.spec\.ts$`,
};

/** @typedef {{ name: string, suites: number, passed: number, failed: number, seconds: number }} Result */

/**
 * @param {import('./src/running.mjs').RunningSystem} system
 * @returns {Promise<number>}
 */
async function run(system) {
  const wanted = process.argv.slice(2);
  const names = [...Object.keys(CHECKS), ...Object.keys(LEVELS)];
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown) throw new Refused(`There is no level ${unknown}; there are ${names.join(', ')}.`);
  const isWanted = (/** @type {string} */ name) => wanted.length === 0 || wanted.includes(name);

  needLinux();
  needAccount();
  needJavaAndMaven();
  needDisk(ROOT, !packagesAreInstalled());
  await installPackages();
  await installKafka();
  await build();

  /** @type {Result[]} */
  const results = [];
  for (const [name, script] of Object.entries(CHECKS)) {
    if (isWanted(name)) results.push(await check(name, script, system));
  }
  for (const [name, pattern] of Object.entries(LEVELS)) {
    if (isWanted(name)) results.push(await level(name, pattern, system));
  }
  return conclude(results);
}

/**
 * @param {string} name
 * @param {string} script
 * @param {import('./src/running.mjs').RunningSystem} system
 * @returns {Promise<Result>}
 */
async function check(name, script, system) {
  const begunMs = Date.now();
  let output = '';
  const program = spawnBound('npm', ['run', '-s', script], {
    cwd: ROOT,
    env: packageEnvironment(),
    output: (text) => (output += text),
  });
  system.addWork(program);
  const how = await step(name, () => program.exited);
  const passed = how === 'exit status 0';
  if (!passed) console.error(`${output.trim()}\n${name} failed (${how}).`);
  return result(name, 1, passed ? 1 : 0, passed ? 0 : 1, begunMs);
}

/**
 * @param {string} name
 * @param {string} pattern
 * @param {import('./src/running.mjs').RunningSystem} system
 * @returns {Promise<Result>}
 */
async function level(name, pattern, system) {
  const begunMs = Date.now();
  console.log(`${name}:`);
  const folder = mkdtempSync(join(tmpdir(), 'guoku-test-'));
  const report = join(folder, 'report.json');
  const jest = spawnBound(
    node24(),
    [
      ...['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'],
      ...['--testPathPatterns', pattern, '--maxWorkers', '2', '--passWithNoTests'],
      ...['--json', '--outputFile', report],
    ],
    // Standard output is the report once more.
    { cwd: ROOT, env: packageEnvironment(), output: 'errors to terminal' },
  );
  system.addWork(jest);
  const how = await jest.exited;
  const told = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  rmSync(folder, { recursive: true, force: true });
  if (!told) return failure(name, begunMs, `jest ended without a report (${how})`);
  if (told.numTotalTests === 0) return failure(name, begunMs, 'no test ran');

  // A suite that does not load has no tests to fail; jest itself may fail where all tests pass.
  const broken = told.numRuntimeErrorTestSuites;
  const failed = told.numFailedTests + broken || (how === 'exit status 0' ? 0 : 1);
  return result(name, told.numTotalTestSuites, told.numPassedTests, failed, begunMs);
}

/**
 * @param {string} name
 * @param {number} begunMs
 * @param {string} why
 */
function failure(name, begunMs, why) {
  console.error(`${name} failed: ${why}.`);
  return result(name, 0, 0, 1, begunMs);
}

/**
 * @param {string} name
 * @param {number} suites
 * @param {number} passed
 * @param {number} failed
 * @param {number} begunMs
 * @returns {Result}
 */
function result(name, suites, passed, failed, begunMs) {
  return { name, suites, passed, failed, seconds: Math.round((Date.now() - begunMs) / 1000) };
}

/**
 * @param {Result[]} results
 * @returns {number} exit status
 */
function conclude(results) {
  const columns = ['suites', 'passed', 'failed', 'seconds'];
  console.log(`\n${''.padEnd(12)}${columns.map((column) => column.padStart(9)).join('')}`);
  for (const { name, suites, passed, failed, seconds } of results) {
    const figures = [suites, passed, failed, seconds].map((figure) => String(figure).padStart(9));
    console.log(`${name.padEnd(12)}${figures.join('')}`);
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

await runUntilTheEnd(run);
