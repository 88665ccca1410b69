// npm and the shell between it and us. A signal from the kernel tells only of the direct parent, and only once; a look
// at their process ids, four times a second, tells of all.
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 250;

/**
 * @param {number} pid
 * @returns {{ parent: number, begun: string } | undefined} nothing where it has ended; a zombie has ended
 */
function lookAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything; what follows is state, parent, …, and as 20th the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : { parent: Number(fields[1]), begun: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isNpm(pid) {
  try {
    return /^npm\b|npm-cli\.js/.test(
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
    );
  } catch {
    return false;
  }
}

/**
 * From the direct parent up to npm, where npm runs us; else nobody: whoever starts the launcher by hand may leave.
 *
 * @returns {{ pid: number, begun: string }[]}
 */
function parentsUpToNpm() {
  const found = [];
  let pid = process.ppid;
  for (let look = lookAt(pid); look && pid > 1; pid = look.parent, look = lookAt(pid)) {
    found.push({ pid, begun: look.begun });
    if (isNpm(pid)) return found;
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
