// Everything that runs for us, and the one reason to end it all.
import { watchParents } from './parents.mjs';
import { tell } from './refused.mjs';

/**
 * @typedef {object} Ending
 * @property {string} [reason] said to the user
 * @property {number} status exit status
 * @property {number} graceMs for the services to finish what is in hand
 */

/**
 * @typedef {object} Running
 * @property {number} pid
 * @property {Promise<string>} exited
 * @property {(graceMs?: number) => Promise<void>} stop
 */

/**
 * @typedef {object} Keeper is given what has been started, and answers for its end
 * @property {(name: string, server: Running, log: string) => void} addServer
 * @property {(name: string, service: Running, log: string) => void} addService
 */

/** Whatever has to be gone within five seconds gets two to go by itself. */
const HASTE_MS = 1500;
/** Longer than the ten seconds that a service takes at most. */
const PATIENCE_MS = 12_000;

/** @implements {Keeper} */
export class RunningSystem {
  /** @type {Running[]} */
  #services = [];
  /** @type {Running[]} */
  #servers = [];
  /** @type {(ending: Ending) => void} */
  #end = () => {};
  /** @type {Promise<Ending>} resolves once, to the first reason to end */
  ending = new Promise((resolve) => (this.#end = resolve));

  /** Whether everything is being stopped, so that an end is no failure. */
  isStopping = false;

  /** Ctrl-C and its like end in order; a second one changes nothing, since npm passes on what the terminal sent. */
  endOnSignals() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => this.#end({ status: 0, graceMs: PATIENCE_MS }));
    }
  }

  /** @param {string} reason */
  endInHaste(reason) {
    this.#end({ reason, status: 1, graceMs: HASTE_MS });
  }

  /**
   * @param {string} name
   * @param {Running} server
   * @param {string} log
   */
  addServer(name, server, log) {
    this.#servers.push(server);
    this.#watch(name, server, log);
  }

  /**
   * @param {string} name
   * @param {Running} service
   * @param {string} log
   */
  addService(name, service, log) {
    this.#services.push(service);
    this.#watch(name, service, log);
  }

  /**
   * What ends by itself, and is stopped if it has not when all ends.
   *
   * @param {Running} work
   */
  addWork(work) {
    this.#services.push(work);
  }

  /**
   * @param {string} name
   * @param {Running} running
   * @param {string} log
   */
  #watch(name, running, log) {
    void running.exited.then((how) => {
      this.endInHaste(
        `${name} has ended (${how}), so everything stops; its messages are in ${log}.`,
      );
    });
  }

  /**
   * Services first, since they finish their work on the servers.
   *
   * @param {number} graceMs
   */
  async stop(graceMs) {
    this.isStopping = true;
    await Promise.all(this.#services.map((service) => service.stop(graceMs)));
    await Promise.all(this.#servers.map((server) => server.stop(graceMs)));
  }
}

/**
 * Does the work, and ends the program when it is done or has failed, a signal asks for it, npm has ended, or
 * something that should run has ended. Nothing of it runs on afterwards.
 *
 * @param {(system: RunningSystem) => Promise<number>} work gives the exit status
 */
export async function runUntilTheEnd(work) {
  const system = new RunningSystem();
  system.endOnSignals();
  watchParents(() => system.endInHaste('npm has ended, so everything stops.'));
  hideNegativeTimeouts();

  /** @type {Promise<Ending>} */
  const done = work(system).then(
    (status) => ({ status, graceMs: PATIENCE_MS }),
    (error) => {
      tell(error);
      return { status: 1, graceMs: HASTE_MS };
    },
  );
  const { reason, status, graceMs } = await Promise.race([system.ending, done]);
  if (reason) console.error(reason);
  await system.stop(graceMs);
  // What was still on its way up ends with this process.
  process.exit(status);
}

/** kafkajs waits for moments that have passed, at which Node 24 would wonder on the terminal. */
export function hideNegativeTimeouts() {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name !== 'TimeoutNegativeWarning') console.error(warning);
  });
}
