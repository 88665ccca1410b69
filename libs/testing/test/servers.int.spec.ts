import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freshDatabase, serviceEnvironment, tokens } from '@guoku/testing';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const division = '990001000';

it('a person gets a token of the provider with exactly the duties wished for, also a second time', async () => {
  const issuer = await tokens.issuer();
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  for (const duties of [['plan.enter'], ['plan.approve', 'plan.read']]) {
    const token = await tokens.of({ person: 'treasurer-1', mofDivCode: division, duties });
    const { payload } = await jwtVerify(token, keys, { issuer, audience: 'guoku' });
    expect(payload).toMatchObject({ sub: 'treasurer-1', mof_div_code: division, duties });
  }
});

it('a service gets a token for the division it acts for', async () => {
  const issuer = await tokens.issuer();
  const token = await tokens.ofService('payment', division);
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
  const { payload } = await jwtVerify(token, keys, { issuer, audience: 'guoku' });
  expect(payload).toMatchObject({ mof_div_code: division, duties: ['service.payment'] });
});

it('a service is told its own database and ports that are free', async () => {
  const database = await freshDatabase('testing');
  const environment = await serviceEnvironment(database, { withKafka: false });
  expect(environment['DATABASE_URL']).toBe(database.url);
  expect(environment['HTTP_PORT']).not.toBe(environment['GRPC_PORT']);
  await database.drop();
});

it('no server outlives a jest that is killed', async () => {
  const place = mkdtempSync(join(tmpdir(), 'guoku-killed-'));
  // A folder of its own makes its servers' command lines its own.
  const jest = spawn(process.execPath, ['--input-type=module', '-e', STARTS_SERVERS], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: place },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => jest.stdout.once('data', resolve));
  expect(processesOf(place).length).toBeGreaterThan(0);
  jest.kill('SIGKILL');
  await eventually(() => expect(processesOf(place)).toEqual([]), { withinMs: 5000 });
  expect(readdirSync(place)).toHaveLength(1);
  rmSync(place, { recursive: true });
});

const STARTS_SERVERS = `
  const { default: offerServers } = await import('../src/global-setup.mjs');
  await offerServers();
  await fetch(process.env.GUOKU_TEST_DOOR + '/postgres');
  await fetch(process.env.GUOKU_TEST_DOOR + '/oidc');
  console.log('ready');
  setInterval(() => {}, 1000);`;

/** Processes that work in a folder or name it; a zombie is none. */
function processesOf(folder: string): string[] {
  return execFileSync('ps', ['-eo', 'pid,stat,args', '--no-headers'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder) && !/^\s*\d+\s+Z/.test(line));
}
