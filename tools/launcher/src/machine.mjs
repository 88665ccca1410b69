// Whether this machine can run the system, asked before anything is touched.
import { spawnSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { javaVersionProblem } from '../../embedded/src/java.mjs';
import { kafkaJarsAreFetched, MAVEN_MISSING } from '../../embedded/src/kafka-jars.mjs';
import { portIsFree } from '../../embedded/src/ports.mjs';
import { Refused } from './refused.mjs';

const MIB = 2 ** 20;
const BEFORE_INSTALL_MIB = 2048;
const AFTER_INSTALL_MIB = 300;

/** @throws {Refused} where the packages have no binaries for this machine */
export function needLinux() {
  const fits = process.platform === 'linux' && process.arch === 'x64';
  if (!fits) {
    throw new Refused(
      `The embedded servers run on Linux on x64 only, not on ${process.platform} on ${process.arch}: ` +
        'use docker compose up (docs/how-to/operate.md).',
    );
  }
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    throw new Refused(`Node ${process.versions.node} is too old: install Node 20 or newer.`);
  }
  if (spawnSync('setpriv', ['--version']).error) {
    throw new Refused('setpriv is missing: install util-linux (Debian: util-linux).');
  }
}

/**
 * PostgreSQL asks for the name of its user, which a container that runs under a mere number does not have.
 *
 * @param {() => unknown} lookUp throws where the user of this process has no name
 * @throws {Refused} then
 */
export function needAccount(lookUp = userInfo) {
  try {
    lookUp();
  } catch {
    const uid = process.getuid?.();
    throw new Refused(
      `User ${uid} has no account on this machine, and PostgreSQL does not run without: ` +
        `add one (useradd --uid ${uid} guoku), or use servers of your own (npm start -- --profile given).`,
    );
  }
}

/** @throws {Refused} where Java is missing or too old, or Maven is missing and needed */
export function needJavaAndMaven() {
  const problem = javaVersionProblem();
  if (problem) throw new Refused(problem);
  if (!kafkaJarsAreFetched() && spawnSync('mvn', ['-v']).error) throw new Refused(MAVEN_MISSING);
}

/**
 * @param {string} folder
 * @param {boolean} installing whether the packages are still to come
 * @throws {Refused} where the disk is too full
 */
export function needDisk(folder, installing) {
  mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = statfsSync(folder);
  const freeMib = Math.floor((bavail * bsize) / MIB);
  const neededMib = installing ? BEFORE_INSTALL_MIB : AFTER_INSTALL_MIB;
  if (freeMib < neededMib) {
    throw new Refused(
      `Too little disk: ${freeMib} MiB are free at ${folder}, ${neededMib} are needed.`,
    );
  }
}

/**
 * @param {Record<string, number>} ports by the name of what listens there
 * @throws {Refused} that names the first that is taken
 */
export async function needFreePorts(ports) {
  for (const [name, port] of Object.entries(ports)) {
    if (await portIsFree(port)) continue;
    throw new Refused(
      `Port ${port} (${name}) is taken: stop the program that listens on it, perhaps another npm start.`,
    );
  }
}
