// `npm run -s <tool> -- …`: builds what has changed, without a word on standard output, and runs tools/<tool> under
// Node 24 with the terminal handed through.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { node24 } from '../embedded/src/node.mjs';
import { build } from './src/build.mjs';
import { packagesAreInstalled } from './src/install.mjs';
import { Refused, tell } from './src/refused.mjs';
import { ROOT } from './src/workspace.mjs';

/**
 * @param {string} tool
 * @param {string[]} args
 * @returns {Promise<number>} exit status
 */
async function run(tool, args) {
  if (!packagesAreInstalled())
    throw new Refused('The packages are missing or old: run npm ci first.');
  await build({ quiet: true });
  const main = join(ROOT, 'tools', tool, 'dist', 'main.js');
  if (!existsSync(main)) throw new Refused(`There is no tool ${tool}.`);
  // Who names a provider speaks of another system than that of this clone.
  const ourFolder =
    process.env['OIDC_ISSUER'] === undefined ? { GUOKU_HOME: join(ROOT, '.guoku') } : {};
  const child = spawn(
    'setpriv',
    ['--pdeathsig=KILL', node24(), '--enable-source-maps', main, ...args],
    // npm runs scripts in the clone; a path on the command line is meant from where the user stands.
    {
      stdio: 'inherit',
      cwd: process.env['INIT_CWD'] ?? process.cwd(),
      env: { ...ourFolder, ...process.env },
    },
  );
  // The terminal sends Ctrl-C to both; what else comes is passed on. The tool decides how it ends.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const [tool = '', ...args] = process.argv.slice(2);
try {
  process.exitCode = await run(tool, args);
} catch (error) {
  tell(error);
  process.exitCode = 1;
}
