import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** @returns {string[]} folders of all workspaces that are built, seen from the clone */
export function builtWorkspaces() {
  /** @type {{ workspaces: string[] }} */
  const { workspaces } = readJson('package.json');
  const folders = workspaces.flatMap((pattern) =>
    pattern.endsWith('/*')
      ? readdirSync(join(ROOT, pattern.slice(0, -2))).map((name) =>
          join(pattern.slice(0, -2), name),
        )
      : [pattern],
  );
  return folders.filter((folder) => {
    const manifest = join(folder, 'package.json');
    return existsSync(join(ROOT, manifest)) && readJson(manifest).scripts?.build !== undefined;
  });
}

/**
 * @param {string} path seen from the clone
 * @returns {any}
 */
export function readJson(path) {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

/** @returns {NodeJS.ProcessEnv} in which the packages' programs run under the packages' Node, and tell nobody */
export function packageEnvironment() {
  return {
    ...process.env,
    PATH: [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
    SCARF_ANALYTICS: 'false',
    DO_NOT_TRACK: '1',
  };
}
