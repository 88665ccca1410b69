// A process that cannot outlive the one that started it.
//
// setpriv asks the kernel to signal the child when its parent dies, whatever kills the parent. Between
// the fork and that request the parent may already be gone; the shell's test of its own parent closes
// this gap. The kernel watches the creating THREAD: call from the main thread only.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const TERMINAL = 'terminal';
const TERMINAL_ERRORS = 'errors to terminal';

const ONLY_UNDER_ITS_PARENT = 'test "$PPID" = "$0" && exec "$@"';

/**
 * @typedef {object} BoundProcess
 * @property {number} pid
 * @property {() => boolean} running
 * @property {Promise<string>} exited resolves to how it ended, in words: "exit status 1", "signal SIGKILL"
 * @property {(graceMs?: number, signal?: NodeJS.Signals) => Promise<void>} stop asks with the signal
 *   (SIGTERM unless told), then kills after the grace (10 s unless told)
 */

/**
 * Starts a process that the kernel kills with this one. It gets a session of its own, so that Ctrl-C in the terminal
 * reaches the launcher alone, which then stops everything in order.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string | ((text: string) => void)} [options.output] file that its output is appended to, or who is told of
 *   it; 'terminal' for this process's own, or only the errors to it; without it the output is thrown away
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cwd]
 * @param {string[]} [options.identity] arguments of setpriv that choose another user
 * @param {string} [options.onParentDeath] signal without SIG; KILL unless told
 * @returns {BoundProcess}
 */
export function spawnBound(command, args, options = {}) {
  const { output } = options;
  const sink = openSink(output);
  const child = spawn(
    'setpriv',
    [
      ...(options.identity ?? []),
      `--pdeathsig=${options.onParentDeath ?? 'KILL'}`,
      ...['sh', '-c', ONLY_UNDER_ITS_PARENT, String(process.pid), command, ...args],
    ],
    {
      stdio: ['ignore', output === TERMINAL_ERRORS ? 'ignore' : sink, sink],
      detached: true,
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    },
  );
  if (typeof sink === 'number') closeSync(sink);
  if (typeof output === 'function') {
    child.stdout?.setEncoding('utf8').on('data', output);
    child.stderr?.setEncoding('utf8').on('data', output);
  }

  let running = true;
  const exited = new Promise((resolve) => {
    // 'close' comes after the last output.
    child.once(typeof output === 'function' ? 'close' : 'exit', (code, signal) =>
      resolve(signal ? `signal ${signal}` : `exit status ${code}`),
    );
    child.once('error', (error) => resolve(error.message));
  }).then((how) => {
    running = false;
    endGroup(child.pid);
    return String(how);
  });

  return {
    pid: child.pid ?? 0,
    running: () => running,
    exited,
    async stop(graceMs = 10_000, signal = 'SIGTERM') {
      if (!running) return;
      child.kill(signal);
      const grace = new AbortController();
      const patience = sleep(graceMs, undefined, { signal: grace.signal }).catch(() => {});
      await Promise.race([exited, patience]);
      grace.abort();
      if (running) child.kill('SIGKILL');
      await exited;
    },
  };
}

/**
 * What the process itself had started and not ended: jest's workers, Nx's tasks.
 *
 * @param {number | undefined} leader
 */
function endGroup(leader) {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

/** @param {string | ((text: string) => void) | undefined} output */
function openSink(output) {
  if (output === undefined) return 'ignore';
  if (output === TERMINAL || output === TERMINAL_ERRORS) return 'inherit';
  return typeof output === 'function' ? 'pipe' : openSync(output, 'a');
}
