import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeBlock } from '@guoku/tool-embedded';
import { openDataFolder } from '../src/data-folder.mjs';
import { needDisk } from '../src/machine.mjs';
import { ROOT } from '../src/workspace.mjs';
import { NpmStart } from './npm-start.js';

const folder = mkdtempSync(join(tmpdir(), 'guoku-refusals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What npm start says beside npm's own two lines, and its exit status. */
async function refusal(args: string[], env: NodeJS.ProcessEnv = {}) {
  const ports = String(await freeBlock(20));
  const data = join(folder, 'data');
  const start = new NpmStart(['--folder', data, '--ports', ports, ...args], env);
  const status = await start.exited;
  const said = start.output.split('\n').filter((line) => line !== '' && !line.startsWith('> '));
  return { status, said };
}

test('a port that is taken is named, in one sentence', async () => {
  const first = await freeBlock(20);
  const other = createServer().listen(first + 7, '127.0.0.1');
  const { status, said } = await refusal(['--ports', String(first)]);
  other.close();
  expect(said).toEqual([expect.stringContaining(`Port ${first + 7} (PostgreSQL) is taken: stop`)]);
  expect(status).toBe(1);
});

test('a missing Java is told, with what to install', async () => {
  const { status, said } = await refusal([], { JAVA_HOME: join(folder, 'nowhere') });
  expect(said).toEqual([expect.stringMatching(/^Java is missing .*install Java 17 or newer/)]);
  expect(status).toBe(1);
});

test.each([
  ['openjdk version "11.0.22" 2024-01-16', '11'],
  ['java version "1.8.0_402"', '8'],
])('%s is too old', async (text, major) => {
  const home = join(folder, `java-${major}`);
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', 'java'), `#!/bin/sh\necho '${text}' >&2\n`);
  chmodSync(join(home, 'bin', 'java'), 0o755);
  const { status, said } = await refusal([], { JAVA_HOME: home });
  expect(said).toEqual([expect.stringContaining(`is version ${major}): install Java 17 or newer`)]);
  expect(status).toBe(1);
});

test('a missing Maven is told where the jars are still to come, and nothing is installed before', () => {
  // A checkout as it is cloned, and a PATH on which there is all but Maven.
  const clone = join(folder, 'clone');
  const filter = (source: string) => !/node_modules|\/(dist|data)$/.test(source);
  cpSync(join(ROOT, 'tools'), join(clone, 'tools'), { recursive: true, filter });
  for (const name of ['package.json', 'package-lock.json'])
    cpSync(join(ROOT, name), join(clone, name));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['java', 'setpriv', 'sh']) {
    const found = spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(found, join(bin, name));
  }
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(clone, 'tools', 'launcher', 'start.mjs')],
    { env: { HOME: folder, PATH: bin, ...javaHome() }, encoding: 'utf8' },
  );
  expect(stdout + stderr).toMatch(/^Maven is missing: install it .*\n$/);
  expect(status).toBe(1);
  expect(existsSync(join(clone, 'node_modules'))).toBe(false);
});

function javaHome(): NodeJS.ProcessEnv {
  const { JAVA_HOME } = process.env;
  return JAVA_HOME === undefined ? {} : { JAVA_HOME };
}

test('data of another version is left alone, and the way out is told', async () => {
  mkdirSync(join(folder, 'data'), { recursive: true });
  writeFileSync(join(folder, 'data', 'version'), '0, PostgreSQL 16, Kafka 3\n');
  const { status, said } = await refusal([]);
  rmSync(join(folder, 'data'), { recursive: true });
  expect(said).toEqual([expect.stringMatching(/of another version .*npm start -- --fresh/)]);
  expect(status).toBe(1);
});

test("--fresh throws nobody else's files away", () => {
  const other = join(folder, 'other');
  mkdirSync(other);
  writeFileSync(join(other, 'thesis.txt'), 'years of work');
  expect(() => openDataFolder(other, true)).toThrow('holds files and no data of guoku');
  expect(readFileSync(join(other, 'thesis.txt'), 'utf8')).toBe('years of work');
});

test('keys that are lost are told, not made anew over the data', () => {
  const data = join(folder, 'keys');
  openDataFolder(data, false);
  mkdirSync(join(data, 'postgres'));
  rmSync(join(data, 'keys.json'));
  expect(() => openDataFolder(data, false)).toThrow(/keys.json is lost/);
  expect(openDataFolder(data, true).passwords).toHaveProperty('postgres');
});

test('too little disk is told with the figures', () => {
  // The proc file system says of itself that nothing is free.
  expect(() => needDisk('/proc', false)).toThrow('0 MiB are free at /proc, 300 are needed');
  expect(() => needDisk('/proc', true)).toThrow('2048 are needed');
});

test('the profile given lists every variable that is missing', async () => {
  const { status, said } = await refusal(['--profile', 'given'], { KAFKA_BROKERS: '127.0.0.1:1' });
  expect(said).toEqual([
    expect.stringMatching(/DATABASE_URL_QUOTA.*DATABASE_OWNER_URL_PAYMENT.*DATA_KEY/),
  ]);
  expect(said[0]).not.toContain('KAFKA_BROKERS');
  expect(status).toBe(1);
});

test('an unknown option is told, with those that there are', async () => {
  const { status, said } = await refusal(['--frehs']);
  expect(said[0]).toContain('--frehs');
  expect(said.join('\n')).toContain('--fresh');
  expect(status).toBe(1);
});
