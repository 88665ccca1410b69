import { randomUUID } from 'node:crypto';
import {
  MemoryBroker,
  outbox,
  OutboxRelay,
  type Faults,
  type Message,
  type OutgoingEvent,
} from '@guoku/messaging';
import { dataSourceOf, Transactor } from '@guoku/persistence';
import { eventually } from '@guoku/testing';
import pg from 'pg';
import { DIVISION, say, submitted, testService, TOPICS, type TestService } from './requests.js';

let service: TestService;
beforeEach(async () => {
  service = await testService('relay');
});
afterEach(() => service.close());

const idOf = (message: Message) => /"id":"([^"]+)"/.exec(message.value)?.[1] ?? '';

/** A broker and what it was given. */
async function broker(faults?: Faults): Promise<{ broker: MemoryBroker; came: Message[] }> {
  const memory = new MemoryBroker(faults);
  await memory.createTopics(TOPICS);
  const came: Message[] = [];
  await memory.subscribe('all', ['guoku.payment.v1'], async (batch) => {
    came.push(...batch.deliveries);
    const last = batch.deliveries.at(-1);
    if (last) await batch.commit(last.offset);
  });
  return { broker: memory, came };
}

const unpublished = () =>
  service.transactor.run(async (session) => {
    const row = await session.one<{ count: string }>(
      'select count(*) as "count" from outbox where published_at is null',
    );
    return row?.count;
  });

/**
 * What came first of each event, request by request, is what was said, in the order in which it was
 * said.
 */
function expectOrderKept(came: readonly Message[], said: readonly OutgoingEvent[]): void {
  const first = [...new Set(came.map(idOf))];
  for (const aggregate of new Set(said.map((event) => event.aggregateId))) {
    const ids = said.filter((event) => event.aggregateId === aggregate).map(({ id }) => id);
    expect(first.filter((id) => ids.includes(id))).toEqual(ids);
  }
}

it('publishes what was committed as a CloudEvent, and nothing of what was undone', async () => {
  const { broker: memory, came } = await broker();
  const relay = new OutboxRelay(memory, service.transactor);
  relay.start();
  const event = submitted(randomUUID(), 1);
  await say(service.transactor, [event]);
  await service.transactor.run((session) => outbox.append(session, [submitted(randomUUID(), 2)]), {
    rollback: true,
  });
  await eventually(() => expect(came).toHaveLength(1));
  await relay.stop();
  expect(came[0]?.key).toBe(`${DIVISION}/${event.subject}`);
  expect(came[0]?.headers).toEqual({
    'content-type': 'application/cloudevents+json; charset=UTF-8',
  });
  expect(JSON.parse(came[0]?.value ?? '')).toEqual({
    specversion: '1.0',
    id: event.id,
    source: '/guoku/payment',
    type: 'guoku.fund-request.submitted.v1',
    subject: event.subject,
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    datacontenttype: 'application/json',
    actor: 'unit-clerk-1',
    mofdivcode: DIVISION,
    data: event.data,
  });
  expect(await unpublished()).toBe('0');
});

it('is woken by the commit, not by the clock', async () => {
  const { broker: memory, came } = await broker();
  const relay = new OutboxRelay(memory, service.transactor, { pollMs: 60_000 });
  relay.start();
  await say(service.transactor, [submitted(randomUUID(), 1)]);
  await eventually(() => expect(came).toHaveLength(1));
  await say(service.transactor, [submitted(randomUUID(), 2)]);
  await eventually(() => expect(came).toHaveLength(2), { withinMs: 5000 });
  await relay.stop();
});

it('keeps the order of each request over lost connections and acknowledgements', async () => {
  const seed = Date.now() % 100_000;
  const { broker: memory, came } = await broker({
    seed,
    lostConnection: 0.2,
    lostAcknowledgement: 0.2,
  });
  const relay = new OutboxRelay(memory, service.transactor, { batchSize: 7, pollMs: 5 });
  relay.start();
  const ids = Array.from({ length: 5 }, () => randomUUID());
  const said = Array.from({ length: 100 }, (_, n) => submitted(ids[n % 5] ?? '', n));
  for (let n = 0; n < 100; n += 10) await say(service.transactor, said.slice(n, n + 10));
  await eventually(() => expect(new Set(came.map(idOf)).size).toBe(100)).catch((error: unknown) => {
    throw new Error(`seed ${seed}`, { cause: error });
  });
  await relay.stop();
  expectOrderKept(came, said);
});

it('runs in one of several processes at a time, and another takes over when that one is cut off', async () => {
  const { broker: memory, came } = await broker();
  const others = [1, 2].map(() => new Transactor(dataSourceOf(service.database.url)));
  const lost: unknown[] = [];
  const observer = { relayFailed: (error: unknown) => lost.push(error) };
  const relays = [service.transactor, ...others].map(
    (transactor) => new OutboxRelay(memory, transactor, { batchSize: 5, observer }),
  );
  for (const relay of relays) relay.start();
  const requestId = randomUUID();
  const said = Array.from({ length: 200 }, (_, n) => submitted(requestId, n));
  const admin = new pg.Client({ connectionString: service.database.adminUrl });
  await admin.connect();
  for (const [n, event] of said.entries()) {
    await say(service.transactor, [event]);
    // The holder of the lock loses its connection in the middle of the work.
    if (n % 50 === 25) {
      await eventually(async () => {
        const { rowCount } = await admin.query(
          `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
              and database = (select oid from pg_database where datname = current_database())`,
        );
        expect(rowCount).toBe(1);
      });
    }
  }
  await admin.end();
  await eventually(() => expect(new Set(came.map(idOf)).size).toBe(200));
  await Promise.all(relays.map((relay) => relay.stop()));
  await Promise.all(others.map((transactor) => transactor.close()));
  expectOrderKept(came, said);
  // Only a round that was in hand at a cut may come twice.
  expect(came.length).toBeLessThanOrEqual(200 + 4 * 5);
});

it('publishes again from an instant on, under the same ids and in the same order', async () => {
  const { broker: memory, came } = await broker();
  const relay = new OutboxRelay(memory, service.transactor);
  relay.start();
  const requestId = randomUUID();
  const said = Array.from({ length: 20 }, (_, n) => submitted(requestId, n));
  await say(service.transactor, said.slice(0, 10));
  await eventually(async () => expect(await unpublished()).toBe('0'));
  const from = new Date();
  await say(service.transactor, said.slice(10));
  await eventually(async () => expect(await unpublished()).toBe('0'));
  await eventually(() => expect(came).toHaveLength(20));

  const count = await service.transactor.run((session) => relay.republish(session, { from }));
  expect(count).toBe(10);
  await eventually(() => expect(came).toHaveLength(30));
  const none = await service.transactor.run((session) =>
    relay.republish(session, { types: ['guoku.payment.settled.v1'] }),
  );
  expect(none).toBe(0);
  await relay.stop();
  expect(came.slice(20).map(idOf)).toEqual(said.slice(10).map(({ id }) => id));
});

it('takes no event that breaks the contract, and none that Kafka would refuse', async () => {
  const event = submitted(randomUUID(), 1);
  const broken = { ...event, data: { ...event.data, amount: '1.005' } };
  await expect(say(service.transactor, [broken])).rejects.toThrow('data/amount must match pattern');
  const huge = { ...event, data: { ...event.data, note: 'x'.repeat(1_000_000) } };
  await expect(say(service.transactor, [huge])).rejects.toThrow('data over 900000 bytes');
  expect(await unpublished()).toBe('0');
});
