import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts, startKafka, startPostgres } from '@guoku/tool-embedded';
import pg from 'pg';

const place = mkdtempSync(join(tmpdir(), 'guoku-embedded-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

async function answer(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows[0];
  } finally {
    await client.end();
  }
}

function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}

test('PostgreSQL keeps its data at a long path with awkward characters, over stop and start', async () => {
  const folder = join(place, 'a:b,c d'.padEnd(120, 'x'), 'y'.repeat(120));
  mkdirSync(folder, { recursive: true });
  const [port = 0] = await freePorts(1);

  const first = await startPostgres({ folder: join(folder, 'postgres'), port });
  await answer(first.url, 'create table kept as select 42 as n');
  expect(await answer(first.url, "select current_setting('fsync') as fsync")).toEqual({
    fsync: 'on',
  });
  await first.stop();

  const second = await startPostgres({ folder: join(folder, 'postgres'), port });
  expect(await answer(second.url, 'select n from kept')).toEqual({ n: 42 });
  await second.stop();
});

test('sessions of a PostgreSQL whose first process alone was killed are gone before another starts on the folder', async () => {
  const [port = 0] = await freePorts(1);
  const folder = join(place, 'orphans');
  const first = await startPostgres({ folder, port });
  const client = new pg.Client({ connectionString: first.url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const session = rows[0]?.pid ?? 0;
  // Busy, so that it does not look whether its server still lives.
  const busy = client.query('select count(*) from generate_series(1, 1e12)').catch(() => undefined);
  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  expect(isAlive(session)).toBe(true);

  const second = await startPostgres({ folder, port });
  expect(isAlive(session)).toBe(false);
  await busy;
  await second.stop();
});

test('Kafka starts at a path with a colon and a comma, and again on the same folder', async () => {
  const folder = join(place, 'k:1,2');
  mkdirSync(folder);
  const [port = 0, controllerPort = 0] = await freePorts(2);
  for (const _ of ['format', 'again']) {
    const kafka = await startKafka({ folder: join(folder, 'kafka'), port, controllerPort });
    expect(kafka.brokers).toBe(`127.0.0.1:${port}`);
    await kafka.stop();
  }
});

test('a port that is taken is told at once', async () => {
  const [port = 0] = await freePorts(1);
  const first = await startPostgres({ folder: join(place, 'first'), port });
  const second = startPostgres({ folder: join(place, 'second'), port });
  await expect(second).rejects.toThrow(`Port ${port} is taken`);
  await first.stop();
});

test('servers end within five seconds when the process that started them is killed', async () => {
  const [port = 0, broker = 0, controllerPort = 0] = await freePorts(3);
  const folder = join(place, 'killed');
  mkdirSync(folder);
  const program = `
    import { startKafka, startPostgres } from '@guoku/tool-embedded';
    const [place, port, broker, controllerPort] = JSON.parse(process.argv[1]);
    const postgres = await startPostgres({ folder: place + '/postgres', port });
    const kafka = await startKafka({ folder: place + '/kafka', port: broker, controllerPort });
    console.log(postgres.pid + ' ' + kafka.pid);
    setInterval(() => {}, 1000);`;
  const argument = JSON.stringify([folder, port, broker, controllerPort]);
  const starter = spawn(process.execPath, ['--input-type=module', '-e', program, argument], {
    cwd: import.meta.dirname,
  });
  const pids = await new Promise<number[]>((resolve) => {
    starter.stdout.once('data', (text) => resolve(String(text).trim().split(' ').map(Number)));
  });
  expect(pids.map(isAlive)).toEqual([true, true]);

  starter.kill('SIGKILL');
  const deadline = Date.now() + 5000;
  while (pids.some(isAlive) && Date.now() < deadline) await sleep(100);
  expect(pids.map(isAlive)).toEqual([false, false]);

  // What a kill leaves behind does not hinder the next start.
  expect(existsSync(join(folder, 'postgres', 'PG_VERSION'))).toBe(true);
  const again = await startPostgres({ folder: join(folder, 'postgres'), port });
  await again.stop();
});
