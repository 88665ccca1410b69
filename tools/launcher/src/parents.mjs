// npm and the shell between it and us. A signal from the kernel tells only of the direct parent, and only once; a look
// at their process ids, four times a second, tells of all.
import { lookAt } from '../../embedded/src/processes.mjs';

/** @typedef {import('../../embedded/src/processes.mjs').Process} Process */

const LOOK_EVERY_MS = 250;

/** @param {Process} process */
function isNpm({ command }) {
  return /^npm\b|npm-cli\.js/.test(command);
}

/**
 * From the direct parent up to npm, where npm runs us; else nobody: whoever starts the launcher by hand may leave.
 *
 * @returns {Process[]}
 */
function parentsUpToNpm() {
  const found = [];
  let pid = process.ppid;
  for (let look = lookAt(pid); look && pid > 1; pid = look.parent, look = lookAt(pid)) {
    found.push(look);
    if (isNpm(look)) return found;
  }
  return [];
}

/**
 * Calls back once when npm, or the shell between, has ended.
 *
 * @param {() => void} gone
 */
export function watchParents(gone) {
  const parents = process.env['npm_lifecycle_event'] ? parentsUpToNpm() : [];
  const timer = setInterval(() => {
    if (parents.every(({ pid, begun }) => lookAt(pid)?.begun === begun)) return;
    clearInterval(timer);
    gone();
  }, LOOK_EVERY_MS);
  timer.unref();
}
