import { Worker } from 'node:worker_threads';

/** A task that needs more memory than this ends with an error, and the service goes on. */
const MEMORY_MB_MAX = 1536;

/**
 * Work that fills a core for as long as it takes, done in a thread of its own, one task at a time: calls must be
 * answered meanwhile, and whatever goes wrong in there ends the task only. The file takes its task by
 * the one message that it is sent, and answers by one; both must be plain data. Never awaited inside a transaction.
 */
export class OwnThread<Task, Outcome> {
  private last: Promise<unknown> = Promise.resolve();

  /** @param file what the thread runs: as it stands where tests run the sources, else as it was emitted */
  constructor(private readonly file: URL) {}

  /** @throws Error what the thread threw, or that it ended without an answer */
  run(task: Task): Promise<Outcome> {
    const next = this.last.then(() => this.inThread(task));
    this.last = next.catch(() => undefined);
    return next;
  }

  private inThread(task: Task): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const resourceLimits = { maxOldGenerationSizeMb: MEMORY_MB_MAX };
      const worker = new Worker(this.file, { execArgv: [], resourceLimits });
      worker.once('message', (outcome: Outcome) => resolve(outcome));
      worker.once('error', reject);
      worker.once('exit', (code) => {
        reject(new Error(`the thread of ${this.file.pathname} ended with ${code}`));
      });
      try {
        worker.postMessage(task);
      } catch (unsendable) {
        void worker.terminate();
        throw unsendable;
      }
    });
  }
}
