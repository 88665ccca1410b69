import { existsSync, renameSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processTree } from '@guoku/tool-embedded';
import {
  choosePorts,
  createTopics,
  embeddedSurroundings,
  migrate,
  openDataFolder,
  SERVICES,
  startBroker,
  startDatabases,
  startProvider,
  startService,
  type Keeper,
  type Place,
  type Running,
  type Surroundings,
} from '@guoku/tool-launcher';

export const VICTIMS = ['quota', 'revenue', 'forecast', 'payment', 'Kafka', 'PostgreSQL'] as const;
export type Victim = (typeof VICTIMS)[number];

interface Standing {
  readonly running: Running;
  readonly log: string;
}

/** The embedded profile as `npm start` makes it, but what is killed here stands again in place: same ports, same folders. */
export class StandingSystem implements Keeper {
  /** Resolves when something has ended that nobody killed, to a sentence that names it. */
  readonly ended: Promise<string>;
  readonly around: Surroundings;
  private readonly place: Place;
  private readonly standing = new Map<string, Standing>();
  /** A second kill of the same waits until it stands again. */
  private readonly turns = new Map<Victim, Promise<unknown>>();
  private readonly doomed = new Set<Running>();
  private end: (reason: string) => void = () => undefined;
  private deaths = 0;

  private constructor(
    readonly folder: string,
    firstPort: number,
  ) {
    const ports = choosePorts(firstPort);
    this.place = { folder, keys: openDataFolder(folder, true), ports, system: this };
    this.around = embeddedSurroundings(this.place);
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  /**
   * @param folder thrown away first
   * @param firstPort of twenty
   */
  static async start(folder: string, firstPort: number): Promise<StandingSystem> {
    const system = new StandingSystem(folder, firstPort);
    const { place, around } = system;
    await Promise.all([
      startDatabases(place).then(() => migrate(folder, around)),
      startBroker(place).then(() => createTopics(around.brokers)),
      startProvider(place),
    ]);
    await Promise.all(SERVICES.map(({ name }) => startService(name, folder, around, system)));
    return system;
  }

  addServer(name: string, running: Running, log: string): void {
    this.standing.set(name, { running, log });
    void running.exited.then((how) => {
      if (!this.doomed.has(running)) this.end(`${name} has ended by itself (${how}): see ${log}.`);
    });
  }

  addService(name: string, service: Running, log: string): void {
    this.addServer(name, service, log);
  }

  /** URL of a service's database, as the superuser. */
  databaseUrl(service: string): string {
    const { keys, ports } = this.place;
    const password = keys.passwords['postgres'] ?? '';
    return `postgresql://postgres:${password}@127.0.0.1:${ports.postgres}/guoku_${service}`;
  }

  /**
   * SIGKILL to the victim and to all that it has started, and a start in the same place after a pause.
   *
   * @param isWanted asked when the victim's turn has come; it may have to wait for an earlier one
   * @returns milliseconds from the kill until it answered again; nothing where it was not wanted any more
   */
  async killAndRestart(
    victim: Victim,
    pauseMs: number,
    isWanted: () => boolean,
  ): Promise<number | undefined> {
    const turn = (this.turns.get(victim) ?? Promise.resolve()).then(async () => {
      if (!isWanted()) return undefined;
      const killedMs = performance.now();
      await this.kill(victim);
      await sleep(pauseMs);
      await this.restart(victim);
      return performance.now() - killedMs;
    });
    this.turns.set(victim, turn);
    return turn;
  }

  /** Services first, in order. */
  async stop(): Promise<void> {
    const services = new Set(SERVICES.map(({ name }) => name));
    for (const { running } of this.standing.values()) this.doomed.add(running);
    const all = [...this.standing];
    const stop = ([, { running }]: (typeof all)[number]) => running.stop(10_000);
    await Promise.all(all.filter(([name]) => services.has(name)).map(stop));
    await Promise.all(all.filter(([name]) => !services.has(name)).map(stop));
  }

  private async kill(victim: Victim): Promise<void> {
    const standing = this.standing.get(victim);
    if (!standing) throw new Error(`${victim} was never started`);
    const { running, log } = standing;
    this.doomed.add(running);
    // The postmaster's sessions have groups of their own, so that one signal to a group is not enough.
    for (const { pid } of processTree(running.pid)) killHard(pid);
    await running.exited;
    this.deaths += 1;
    if (existsSync(log)) renameSync(log, log.replace(/\.log$/, `.killed-${this.deaths}.log`));
  }

  private async restart(victim: Victim): Promise<void> {
    const { place, around } = this;
    if (victim === 'PostgreSQL') return startDatabases(place);
    if (victim === 'Kafka') return startBroker(place);
    return startService(victim, this.folder, around, this);
  }
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
