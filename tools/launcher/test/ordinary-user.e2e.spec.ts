import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeBlock } from '@guoku/tool-embedded';
import { needAccount } from '../src/machine.mjs';
import { ROOT } from '../src/workspace.mjs';

const NOBODY = 65_534;
/** Whoever runs as root becomes nobody, who may read this checkout wherever it lies and write nothing of it. */
const becomeOrdinary =
  process.getuid?.() === 0
    ? [
        'setpriv',
        `--reuid=${NOBODY}`,
        `--regid=${NOBODY}`,
        '--clear-groups',
        '--inh-caps=+dac_read_search',
        '--ambient-caps=+dac_read_search',
        '--securebits=+no_setuid_fixup',
      ]
    : [];

const place = mkdtempSync(join(tmpdir(), 'guoku-ordinary-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

test('the servers start for an ordinary user, in a folder that only its owner may enter, at a long path', async () => {
  const home = join(place, 'closed');
  mkdirSync(home, { mode: 0o700 });
  if (becomeOrdinary.length > 0) for (const one of [place, home]) chownSync(one, NOBODY, NOBODY);
  const folder = join(home, 'x'.repeat(150));
  const options = ['--servers-only', '--folder', folder, '--ports', String(await freeBlock(20))];
  const start = join(ROOT, 'tools', 'launcher', 'start.mjs');
  const [program = '', ...args] = [...becomeOrdinary, process.execPath, start, ...options];
  const launcher = spawn(program, args, { env: { ...process.env, HOME: home } });
  let said = '';
  for (const stream of [launcher.stdout, launcher.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Ctrl-C stops everything')) launcher.kill('SIGINT');
    });
  }
  await new Promise((resolve) => launcher.once('exit', resolve));
  expect(said).toContain('Ready in');
  expect(statSync(join(folder, 'postgres')).uid).not.toBe(0);
}, 120_000);

test('a user without an account is told what to do', () => {
  const nameless = () => {
    throw new Error('ENOENT');
  };
  expect(() => needAccount(nameless)).toThrow(/has no account .*useradd --uid \d+/);
});
