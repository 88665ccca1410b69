// Everything that runs for us, and the one reason to end it all.

/**
 * @typedef {object} Ending
 * @property {string} [reason] said to the user
 * @property {number} status exit status
 * @property {number} graceMs for the services to finish what is in hand
 */

/**
 * @typedef {object} Running
 * @property {Promise<string>} exited
 * @property {(graceMs?: number) => Promise<void>} stop
 */

/** Whatever has to be gone within five seconds gets two to go by itself. */
export const HASTE_MS = 1500;
const PATIENCE_MS = 10_000;

export class RunningSystem {
  /** @type {Running[]} */
  #services = [];
  /** @type {Running[]} */
  #servers = [];
  /** @type {(ending: Ending) => void} */
  #end = () => {};
  /** @type {Promise<Ending>} resolves once, to the first reason to end */
  ending = new Promise((resolve) => (this.#end = resolve));

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
    await Promise.all(this.#services.map((service) => service.stop(graceMs)));
    await Promise.all(this.#servers.map((server) => server.stop(graceMs)));
  }
}
