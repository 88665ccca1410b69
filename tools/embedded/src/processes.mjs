// Processes as the kernel shows them in /proc.
import { readdirSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Process as it stood: its id may be given to another later, its start time not
 * @property {number} pid
 * @property {number} parent
 * @property {string} begun
 * @property {string} command with its arguments
 */

/**
 * @param {number} pid
 * @returns {Process | undefined} nothing where it has ended; a zombie has ended
 */
export function lookAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything; what follows is state, parent, …, and as 20th the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, parent: Number(fields[1]), begun: fields[19] ?? '', command };
  } catch {
    return undefined;
  }
}

/** @returns {Process[]} all that run now */
export function allProcesses() {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .flatMap((pid) => lookAt(pid) ?? []);
}

/**
 * @param {number} pid
 * @returns {Process[]} the process first, then whatever has come of it
 */
export function processTree(pid) {
  const all = allProcesses();
  const found = all.filter((process) => process.pid === pid);
  for (const process of found) found.push(...all.filter(({ parent }) => parent === process.pid));
  return found;
}
