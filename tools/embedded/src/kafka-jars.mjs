import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnBound } from './bound-process.mjs';

const pom = fileURLToPath(new URL('../kafka/pom.xml', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));

export const MAVEN_MISSING =
  'Maven is missing: install it (Debian: maven) and see that PATH names mvn.';

/** Where the jars lie unless told otherwise: beside the data, and kept when the data is thrown away. */
export const KAFKA_LIB = join(root, '.guoku', 'kafka-lib');

function stamp() {
  return createHash('sha256').update(readFileSync(pom)).digest('hex');
}

/**
 * @param {string} [folder]
 * @returns {boolean} whether the folder holds exactly the jars of today's pom.xml
 */
export function kafkaJarsAreFetched(folder = KAFKA_LIB) {
  const file = join(folder, 'stamp');
  return existsSync(file) && readFileSync(file, 'utf8') === stamp();
}

/**
 * Fetches the broker's jars through Maven (28 MB, about ten seconds with an empty cache), unless they are there. The
 * folder appears whole or not at all.
 *
 * @param {string} [folder]
 * @throws {Error} with one sentence where Maven is missing or fails
 */
export async function fetchKafkaJars(folder = KAFKA_LIB) {
  if (kafkaJarsAreFetched(folder)) return;
  const unfinished = `${folder}.${process.pid}.tmp`;
  mkdirSync(dirname(folder), { recursive: true });
  rmSync(unfinished, { recursive: true, force: true });
  try {
    await maven(['dependency:copy-dependencies', `-DoutputDirectory=${unfinished}`]);
    writeFileSync(join(unfinished, 'stamp'), stamp());
    // Another run may have been faster; its jars are the same.
    if (kafkaJarsAreFetched(folder)) return;
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** @param {string[]} goals */
async function maven(goals) {
  if (spawnSync('mvn', ['-v']).error) throw new Error(MAVEN_MISSING);
  let output = '';
  const how = await spawnBound('mvn', ['-q', '-B', '-f', pom, ...goals], {
    output: (text) => (output += text),
  }).exited;
  if (how !== 'exit status 0') {
    throw new Error(`Maven could not fetch Kafka's jars (${how}): ${firstError(output)}`);
  }
}

/** @param {string} output */
function firstError(output) {
  return output.split('\n').find((line) => line.startsWith('[ERROR]')) ?? output.trim();
}
