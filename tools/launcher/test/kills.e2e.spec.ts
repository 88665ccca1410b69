import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeBlock, type Process } from '@guoku/tool-embedded';
import { SERVICES } from '../src/services.mjs';
import { NpmStart, stillRunning } from './npm-start.js';

// One data folder for all: what a kill leaves behind must not hinder the next start.
const folder = mkdtempSync(join(tmpdir(), 'guoku-kills-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isLauncher = ({ command }: Process) => /^\S*node .*start\.mjs/.test(command);

const ofService = (name: string): [string, string, (tree: Process[]) => Process | undefined] => [
  name,
  `${name} has ended (signal SIGKILL)`,
  byCommand(`apps/${name}/dist/main`),
];

const victims: [string, string | undefined, (tree: Process[]) => Process | undefined][] = [
  ['npm', undefined, (tree) => tree[0]],
  [
    'the shell between npm and the launcher, or npm where there is none',
    undefined,
    (tree) => tree.find(({ pid }) => pid === tree.find(isLauncher)?.parent),
  ],
  ['the launcher', undefined, (tree) => tree.find(isLauncher)],
  ['PostgreSQL', 'PostgreSQL has ended (signal SIGKILL)', byCommand('/bin/postgres -D')],
  ['Kafka', 'Kafka has ended (signal SIGKILL)', byCommand('kafka.Kafka')],
  ['the OpenID provider', 'The OpenID provider has ended (signal SIGKILL)', byCommand('oidc/main')],
  ...SERVICES.map(({ name }) => ofService(name)),
];

/** The whole system on the one folder. */
async function started(): Promise<NpmStart> {
  const ports = String(await freeBlock(20));
  const start = new NpmStart(['--no-month', '--folder', folder, '--ports', ports]);
  await start.says('Ctrl-C stops everything', 120_000);
  return start;
}

function byCommand(text: string) {
  return (tree: Process[]) => tree.find(({ command }) => command.includes(text));
}

test.each(victims)(
  'within five seconds of a SIGKILL of %s nothing is left running',
  async (_, reason, choose) => {
    const start = await started();
    const tree = start.tree();
    // npm, the launcher, three servers and four services at least, else the test looks at the wrong processes.
    expect(tree.length).toBeGreaterThanOrEqual(9);

    const victim = choose(tree);
    if (!victim)
      throw new Error(`not found among\n${tree.map(({ command }) => command).join('\n')}`);
    process.kill(victim.pid, 'SIGKILL');

    expect(await stillRunning(tree, 5000)).toEqual([]);
    expect(await start.exited).not.toBe(0);
    if (reason !== undefined) expect(start.output).toContain(reason);
  },
  180_000,
);

test('Ctrl-C stops everything, and nothing is called a failure', async () => {
  const start = await started();
  const tree = start.tree();
  start.interrupt();
  expect(await stillRunning(tree, 15_000)).toEqual([]);
  expect(start.output).not.toContain('has ended');
}, 180_000);
