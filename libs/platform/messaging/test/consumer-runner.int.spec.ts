import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ConsumerRunner,
  MemoryBroker,
  OutboxRelay,
  type Consumer,
  type Faults,
  type MessagingObserver,
  type RunnerSettings,
} from '@guoku/messaging';
import { dataSourceOf, Transactor } from '@guoku/persistence';
import { eventually } from '@guoku/testing';
import pg from 'pg';
import {
  amountsByRequest,
  DIVISION,
  effectsOf,
  requests,
  say,
  submitted,
  testService,
  TOPICS,
  writeEffect,
  type TestService,
} from './requests.js';

let service: TestService;
let ends: (() => Promise<void>)[];
beforeEach(async () => {
  service = await testService('requests');
  ends = [];
});
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  await service.close();
});

interface Running {
  readonly broker: MemoryBroker;
  readonly outcomes: string[];
  readonly runner: ConsumerRunner;
}

/** A relay and a consumer on one broker. */
async function run(
  settings: RunnerSettings = {},
  { faults, consumer = requests }: { faults?: Faults; consumer?: Consumer } = {},
): Promise<Running> {
  const broker = new MemoryBroker(faults);
  await broker.createTopics(TOPICS);
  const outcomes: string[] = [];
  const observer: MessagingObserver = {
    handled: (_, __, outcome) => outcomes.push(outcome),
    ...settings.observer,
  };
  const relay = new OutboxRelay(broker, service.transactor, { pollMs: 20 });
  const runner = new ConsumerRunner(broker, service.transactor, consumer, {
    firstDelayMs: 2,
    ...settings,
    observer,
  });
  relay.start();
  runner.start();
  ends.push(
    () => broker.close(),
    () => relay.stop(),
    () => runner.stop(),
  );
  return { broker, outcomes, runner };
}

const fail = (amount: string) =>
  service.transactor.run((session) =>
    session.execute('insert into setting (failing_amount) values (:amount)', { amount }),
  );

const parked = () =>
  service.transactor.run((session) =>
    session.rows<{ cause: string; attempts: number; eventId: string; type: string | null }>(
      'select cause, attempts, event_id as "eventId", type from parked_event order by id',
    ),
  );

it('gives each event one effect, in order, through duplicates, delays and lost acknowledgements', async () => {
  const seed = Date.now() % 100_000;
  const faults = {
    seed,
    duplicate: 0.3,
    delayMsMax: 20,
    lostConnection: 0.1,
    lostAcknowledgement: 0.2,
  };
  await run({}, { faults });
  const ids: string[] = Array.from({ length: 10 }, () => randomUUID());
  const said = Array.from({ length: 200 }, (_, n) => submitted(ids[n % 10] ?? '', n));
  for (let n = 0; n < 200; n += 20) await say(service.transactor, said.slice(n, n + 20));
  try {
    await eventually(async () => expect(await effectsOf(service.transactor)).toHaveLength(200));
    await sleep(100);
    const effects = await effectsOf(service.transactor);
    expect(effects).toHaveLength(200);
    for (const [requestId, amounts] of amountsByRequest(effects)) {
      const spoken = said.filter((event) => event.aggregateId === requestId);
      expect(amounts).toEqual(spoken.map((_, n) => `${ids.indexOf(requestId) + 10 * n}.00`));
    }
  } catch (error) {
    throw new Error(`seed ${seed}`, { cause: error });
  }
});

it('tries a handler that fails again, and takes the event once it can', async () => {
  await fail('1.00');
  const retried: unknown[] = [];
  await run({
    attemptsMax: 100,
    firstDelayMs: 1,
    observer: {
      retried: (_, __, error) => {
        retried.push(error);
        void service.transactor.run((session) => session.execute('delete from setting'));
      },
    },
  });
  await say(service.transactor, [submitted(randomUUID(), 1)]);
  await eventually(async () => expect(await effectsOf(service.transactor)).toHaveLength(1));
  expect(retried.length).toBeGreaterThan(0);
  expect(await parked()).toEqual([]);
});

it('parks a poison event with its cause, and its key and partition go on', async () => {
  await fail('2.00');
  const { broker, outcomes } = await run();
  const told: string[] = [];
  await broker.subscribe('watch', ['guoku.requests.parked'], async (batch) => {
    told.push(...batch.deliveries.map(({ headers }) => headers?.['cause'] ?? ''));
    await batch.commit(batch.deliveries.at(-1)?.offset ?? 0n);
  });
  const requestId = randomUUID();
  const said = [1, 2, 3].map((n) => submitted(requestId, n));
  await say(service.transactor, said);
  await eventually(async () => expect(await effectsOf(service.transactor)).toHaveLength(2));
  expect(await parked()).toEqual([
    {
      cause: 'Error: cannot take 2.00',
      attempts: 5,
      eventId: said[1]?.id,
      type: 'guoku.fund-request.submitted.v1',
    },
  ]);
  expect(outcomes).toEqual(['done', 'parked', 'done']);
  await eventually(() => expect(told).toEqual(['Error: cannot take 2.00']));
});

it('takes other keys of the partition while one is being tried', async () => {
  await fail('1.00');
  await run({ firstDelayMs: 400, attemptsMax: 3 });
  const poison = submitted(randomUUID(), 1);
  const others = Array.from({ length: 30 }, () => submitted(randomUUID(), 2));
  await say(service.transactor, [poison, ...others]);
  await eventually(async () => expect(await effectsOf(service.transactor)).toHaveLength(30), {
    withinMs: 1500,
  });
  expect(await parked()).toEqual([]);
  await eventually(async () => expect(await parked()).toHaveLength(1));
});

it('parks what it cannot read at once, and only once however often it comes', async () => {
  const { broker } = await run();
  const key = `${DIVISION}/x`;
  const good = {
    specversion: '1.0',
    id: 'event-1',
    source: '/guoku/payment',
    type: 'guoku.fund-request.submitted.v1',
    subject: 'x',
    time: '2026-11-24T00:00:00Z',
    actor: 'unit-clerk-1',
    mofdivcode: DIVISION,
    data: {},
  };
  const values = [
    'not JSON \0',
    '[]',
    JSON.stringify({ ...good, actor: undefined }),
    JSON.stringify({ ...good, mofdivcode: '990002000' }),
    JSON.stringify(good),
    JSON.stringify(good),
  ];
  const messages = values.map((value) => ({ key, value }));
  await broker.publish([{ topic: 'guoku.payment.v1', messages }]);
  await eventually(async () => expect(await parked()).toHaveLength(5));
  expect((await parked()).map(({ cause, attempts }) => [cause, attempts])).toEqual([
    ['the record is not JSON', 0],
    ['the record is not a CloudEvent 1.0', 0],
    ['the CloudEvent has no actor', 0],
    ['key and mofdivcode name different divisions', 0],
    ["data must have required property 'requestId'", 0],
  ]);
});

it('skips and counts a type it does not know', async () => {
  const { outcomes } = await run();
  const requestId = randomUUID();
  await say(service.transactor, [
    {
      ...submitted(requestId, 1),
      type: 'guoku.fund-request.withdrawn.v1',
      data: { requestId, bgtId: requestId },
    },
    submitted(requestId, 2),
  ]);
  await eventually(() => expect(outcomes).toEqual(['skipped', 'done']));
});

it('waits for a database that is away and never parks for it', async () => {
  const broker = new MemoryBroker();
  await broker.createTopics(TOPICS);
  await say(service.transactor, [submitted(randomUUID(), 1)]);
  let published = 0;
  const observer = { published: (count: number) => (published += count) };
  const relay = new OutboxRelay(broker, service.transactor, { observer });
  relay.start();
  await eventually(() => expect(published).toBe(1));
  await relay.stop();

  const away = new Transactor(dataSourceOf(service.database.url));
  const waiting: unknown[] = [];
  const runner = new ConsumerRunner(broker, away, requests, {
    attemptsMax: 1,
    observer: { waiting: (_, error) => waiting.push(error) },
  });
  ends.push(
    () => away.close(),
    () => runner.stop(),
  );
  const limitConnections = async (count: number) => {
    const admin = new pg.Client({ connectionString: service.database.adminUrl });
    await admin.connect();
    await admin.query(`alter role ${service.database.serviceRole} connection limit ${count}`);
    await admin.end();
  };
  await limitConnections(0);
  try {
    runner.start();
    await eventually(() => expect(waiting.length).toBeGreaterThan(3));
  } finally {
    await limitConnections(-1);
  }
  await eventually(async () => expect(await effectsOf(service.transactor)).toHaveLength(1));
  expect(await parked()).toEqual([]);
});

it('works on a few keys at a time, so that a flood waits in the broker', async () => {
  let inHand = 0;
  let most = 0;
  const slow: Consumer = {
    name: 'requests',
    handlers: {
      'guoku.fund-request.submitted.v1': async (session, event) => {
        inHand += 1;
        most = Math.max(most, inHand);
        await sleep(3);
        await writeEffect(session, event);
        inHand -= 1;
      },
    },
  };
  await run({ keysAtOnce: 2 }, { consumer: slow });
  await say(
    service.transactor,
    Array.from({ length: 300 }, () => submitted(randomUUID(), 1)),
  );
  await eventually(async () => expect(await effectsOf(service.transactor)).toHaveLength(300));
  // Two keys of each of the three partitions.
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(6);
});

it('finishes what is in hand when it stops, and the next one goes on from there', async () => {
  let begun = 0;
  const slow: Consumer = {
    name: 'requests',
    handlers: {
      'guoku.fund-request.submitted.v1': async (session, event) => {
        begun += 1;
        await sleep(20);
        await writeEffect(session, event);
      },
    },
  };
  const { runner, broker } = await run({}, { consumer: slow });
  await say(
    service.transactor,
    Array.from({ length: 100 }, () => submitted(randomUUID(), 1)),
  );
  await eventually(() => expect(begun).toBeGreaterThan(10));
  await runner.stop();
  const effects = await effectsOf(service.transactor);
  expect(effects).toHaveLength(begun);
  expect(begun).toBeLessThan(100);

  const repeated: string[] = [];
  const next = new ConsumerRunner(broker, service.transactor, requests, {
    observer: { handled: (_, __, outcome) => repeated.push(outcome) },
  });
  next.start();
  ends.push(() => next.stop());
  await eventually(async () => expect(await effectsOf(service.transactor)).toHaveLength(100));
  // Only the ones that other keys of the same batch had overtaken come again.
  expect(repeated.filter((outcome) => outcome === 'repeated').length).toBeLessThan(20);
});
