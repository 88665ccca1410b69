// The folder of the embedded profile: version, keys, the servers' data, logs, people, report.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { POSTGRES_MAJOR } from '../../embedded/src/postgres.mjs';
import { Refused } from './refused.mjs';
import { SERVICES } from './services.mjs';
import { ROOT } from './workspace.mjs';

/** Where the data lies unless told otherwise. */
export const OUR_FOLDER = join(ROOT, '.guoku');

/** Raise the first number when the folder's own layout changes. */
const VERSION = `1, PostgreSQL ${POSTGRES_MAJOR}, Kafka 4`;
/** Fetched, not data: it stays when the data goes. */
const KEPT = ['kafka-lib'];
const BEGIN_ANEW = 'begin anew with npm start -- --fresh';

/**
 * @typedef {object} Keys
 * @property {string} dataKey 32 bytes in base64: accounts and identity numbers at rest
 * @property {string} auditSigningKey Ed25519, PKCS8 PEM in base64
 * @property {Record<string, string>} clientSecrets of the services at the OpenID provider
 * @property {Record<string, string>} passwords of the database's roles
 */

/**
 * Opens the folder, or makes it.
 *
 * @param {string} folder
 * @param {boolean} fresh throw its data away first
 * @returns {Keys}
 * @throws {Refused} where another version made it, or its keys are lost
 */
export function openDataFolder(folder, fresh) {
  mkdirSync(folder, { recursive: true });
  if (fresh) throwDataAway(folder);
  const keysFile = join(folder, 'keys.json');
  needVersion(folder);
  if (existsSync(keysFile)) return JSON.parse(readFileSync(keysFile, 'utf8'));
  if (existsSync(join(folder, 'postgres'))) {
    throw new Refused(
      `${keysFile} is lost, and the data cannot be opened without it: put it back or ${BEGIN_ANEW}.`,
    );
  }
  const keys = newKeys();
  writeWhole(join(folder, 'version'), `${VERSION}\n`);
  writeWhole(keysFile, `${JSON.stringify(keys, null, 2)}\n`);
  return keys;
}

/**
 * @param {string} folder
 * @throws {Refused} where the folder is somebody else's
 */
function throwDataAway(folder) {
  const data = readdirSync(folder).filter((name) => !KEPT.includes(name));
  const isOurs = folder === OUR_FOLDER || versionOf(folder)?.includes('PostgreSQL');
  if (data.length > 0 && !isOurs) {
    throw new Refused(`${folder} holds files and no data of guoku: name another folder.`);
  }
  for (const name of data) rmSync(join(folder, name), { recursive: true, force: true });
}

/** @param {string} folder */
function versionOf(folder) {
  const file = join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/**
 * @param {string} folder
 * @throws {Refused} where another version made the folder
 */
export function needVersion(folder) {
  const made = versionOf(folder);
  const strange = made === undefined ? existsSync(join(folder, 'postgres')) : made !== VERSION;
  if (!strange) return;
  throw new Refused(
    `The data in ${folder} is of another version (${made ?? 'unknown'}; this one is ${VERSION}): ` +
      `run the version that made it, or ${BEGIN_ANEW}.`,
  );
}

/**
 * The log of a program; that of the start before is kept beside it.
 *
 * @param {string} folder
 * @param {string} name
 * @returns {string}
 */
export function newLog(folder, name) {
  const logs = join(folder, 'logs');
  mkdirSync(logs, { recursive: true });
  const file = join(logs, `${name}.log`);
  if (existsSync(file)) renameSync(file, join(logs, `${name}.previous.log`));
  return file;
}

/** @returns {Keys} drawn now */
export function newKeys() {
  const secret = () => randomBytes(24).toString('base64url');
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  const roles = [
    'postgres',
    ...SERVICES.flatMap(({ name }) => [`${name}_owner`, `${name}_service`]),
  ];
  return {
    dataKey: randomBytes(32).toString('base64'),
    auditSigningKey: Buffer.from(pem).toString('base64'),
    clientSecrets: Object.fromEntries(SERVICES.map(({ name }) => [name, secret()])),
    passwords: Object.fromEntries(roles.map((role) => [role, secret()])),
  };
}

/**
 * @param {string} file
 * @param {string} text
 */
function writeWhole(file, text) {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
