import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { KafkaBroker, type OutgoingEvent } from '@guoku/messaging';
import { eventually, kafka, runProgram, type Program } from '@guoku/testing';
import {
  amountsByRequest,
  effectsOf,
  say,
  submitted,
  testService,
  TOPICS,
  type TestService,
} from './requests.js';

const KEYS = 12;
let service: TestService;
let start: () => Program;
let running: Program[] = [];

beforeAll(async () => {
  service = await testService('kills');
  const { brokers, prefix } = await kafka();
  const broker = new KafkaBroker({ brokers, prefix });
  await broker.createTopics(TOPICS);
  await broker.close();
  start = () => {
    const program = runProgram(join(import.meta.dirname, 'worker.ts'), {
      DATABASE_URL: service.database.url,
      KAFKA_BROKERS: brokers,
      KAFKA_PREFIX: prefix,
    });
    running.push(program);
    return program;
  };
});
afterAll(async () => {
  await Promise.all(running.map((program) => program.kill()));
  running = [];
  await service.close();
});

/** Waits until fifty more events are finished. */
async function progress(count: () => number): Promise<void> {
  const before = count();
  await eventually(() => expect(count()).toBeGreaterThan(before + 50), { withinMs: 25_000 });
}

it('after kills of processes in the middle of relaying and consuming each event has one effect, in order', async () => {
  const ids: string[] = Array.from({ length: KEYS }, () => randomUUID());
  const said: OutgoingEvent[] = [];
  const silence = new AbortController();
  const isOver = () => silence.signal.aborted;
  const speech = (async () => {
    while (!isOver()) {
      const events = ids.map((id, key) => submitted(id, said.length + key));
      await say(service.transactor, events);
      said.push(...events);
      await sleep(30);
    }
  })();

  let [first, second] = [start(), start()];
  await progress(() => first.lines.length + second.lines.length);
  // One dies while the other goes on, then both at once.
  await first.kill();
  first = start();
  await progress(() => second.lines.length);
  await Promise.all([first.kill(), second.kill()]);
  [first, second] = [start(), start()];
  await progress(() => first.lines.length + second.lines.length);
  silence.abort();
  await speech;

  await eventually(
    async () => {
      const effects = await effectsOf(service.transactor);
      expect(new Set(effects.map(({ eventId }) => eventId)).size).toBe(said.length);
    },
    { withinMs: 40_000, everyMs: 200 },
  );
  const effects = await effectsOf(service.transactor);
  expect(effects).toHaveLength(said.length);
  for (const [requestId, amounts] of amountsByRequest(effects)) {
    const spoken = said.filter(({ aggregateId }) => aggregateId === requestId);
    const key = ids.indexOf(requestId);
    expect(amounts).toEqual(spoken.map((_, round) => `${KEYS * round + key}.00`));
  }
}, 120_000);
