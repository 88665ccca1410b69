import { readFileSync } from 'node:fs';
import { round } from '../quantiles.js';

/** What a set of processes takes. */
export interface Taken {
  readonly processes: number;
  /** Resident memory, added up: pages that processes share are counted in each of them. */
  readonly residentMb: number;
  /** The same with each shared page counted once. */
  readonly proportionalMb: number;
}

const KB_OF_MB = 1024;
/** Of /proc: the kernel's USER_HZ, the same on every Linux that we know of. */
const TICKS_A_SECOND = 100;

export function memoryOf(pids: readonly number[]): Taken {
  const total = (name: string) =>
    round(pids.reduce((sum, pid) => sum + kilobytes(pid, name), 0) / KB_OF_MB, 0);
  return { processes: pids.length, residentMb: total('Rss'), proportionalMb: total('Pss') };
}

/** Processor time that processes have used until now, in seconds. */
export function cpuSecondsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
}

function kilobytes(pid: number, name: string): number {
  const text = read(`/proc/${pid}/smaps_rollup`);
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
}

function cpuSeconds(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_A_SECOND;
}

/** Empty where the process has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
