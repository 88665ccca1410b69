import { randomUUID } from 'node:crypto';
import { ConsumerRunner, KafkaBroker, OutboxRelay } from '@guoku/messaging';
import { eventually, kafka } from '@guoku/testing';
import { effectsOf, requests, say, submitted, testService } from './requests.js';

it('a poison event is parked within a minute, and its only partition goes on, beside it and after it', async () => {
  const service = await testService('delivery');
  const broker = new KafkaBroker(await kafka());
  await broker.createTopics([
    { name: 'guoku.payment.v1', partitions: 1, retentionDays: 1 },
    { name: 'guoku.requests.parked', partitions: 1, retentionDays: 1 },
  ]);
  const outcomes: string[] = [];
  const relay = new OutboxRelay(broker, service.transactor);
  const runner = new ConsumerRunner(broker, service.transactor, requests, {
    observer: { handled: (_, __, outcome) => outcomes.push(outcome) },
  });
  await service.transactor.run((session) =>
    session.execute('insert into setting (failing_amount) values (:amount)', { amount: '1.00' }),
  );
  const poisoned = randomUUID();
  const others = Array.from({ length: 20 }, () => submitted(randomUUID(), 3));
  await say(service.transactor, [submitted(poisoned, 1), submitted(poisoned, 2), ...others]);
  relay.start();
  runner.start();

  // Other keys do not wait for it.
  await eventually(() => expect(outcomes.length).toBeGreaterThanOrEqual(20));
  expect(outcomes).not.toContain('parked');
  // Its own key waits for as long as it is tried, which is longer than the group waits for a member
  // without heartbeat.
  await eventually(async () => expect(await effectsOf(service.transactor)).toHaveLength(21), {
    withinMs: 60_000,
  });
  const [parked] = await service.transactor.run((session) =>
    session.rows('select attempts, cause from parked_event'),
  );
  expect(parked).toEqual({ attempts: 5, cause: 'Error: cannot take 1.00' });
  expect(outcomes.filter((outcome) => outcome === 'parked')).toHaveLength(1);
  // Nobody took the partition away in the meantime.
  expect(outcomes).not.toContain('repeated');

  await runner.stop();
  await relay.stop();
  await broker.close();
  await service.close();
}, 90_000);
