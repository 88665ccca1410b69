// One folder for the servers of a run. It goes with the last of them; what a killed run left behind
// goes with the next.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'guoku-test-';

/** @type {string | undefined} */
let folder;
let servers = 0;

/** @returns {string} */
export function enterFolder() {
  if (!folder) {
    removeFoldersOfKilledRuns();
    folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  }
  servers += 1;
  return folder;
}

export function leaveFolder() {
  servers -= 1;
  if (servers > 0 || !folder) return;
  rmSync(folder, { recursive: true, force: true });
  folder = undefined;
}

function removeFoldersOfKilledRuns() {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (!pid || isRunning(Number(pid))) continue;
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
