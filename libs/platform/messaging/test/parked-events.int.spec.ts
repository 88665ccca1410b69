import { randomUUID } from 'node:crypto';
import { ConsumerRunner, MemoryBroker, OutboxRelay, ParkedEvents } from '@guoku/messaging';
import type { Session } from '@guoku/persistence';
import { eventually } from '@guoku/testing';
import {
  DIVISION,
  effectsOf,
  requests,
  say,
  submitted,
  testService,
  TOPICS,
  type TestService,
} from './requests.js';

const parked = new ParkedEvents([requests]);
const person = 'operator-1';
const event = submitted(randomUUID(), 2);

let service: TestService;
let broker: MemoryBroker;
let end: () => Promise<void>;

const run = <T>(work: (session: Session) => Promise<T>) => service.transactor.run(work);
const list = (state: 'waiting' | 'replayed', mofDivCode = DIVISION) =>
  run((session) => parked.list(session, { mofDivCode, state, limit: 10 }));
const idOfTheOne = async () => (await list('waiting'))[0]?.id ?? '';

/** One event is parked, because the handler fails at its amount. */
beforeEach(async () => {
  service = await testService('parked');
  broker = new MemoryBroker();
  await broker.createTopics(TOPICS);
  const relay = new OutboxRelay(broker, service.transactor);
  const runner = new ConsumerRunner(broker, service.transactor, requests, { firstDelayMs: 1 });
  relay.start();
  runner.start();
  end = async () => {
    await Promise.all([relay.stop(), runner.stop()]);
    await service.close();
  };
  await run((session) =>
    session.execute('insert into setting (failing_amount) values (:amount)', { amount: '2.00' }),
  );
  await say(service.transactor, [event]);
  await eventually(async () => expect(await list('waiting')).toHaveLength(1));
});
afterEach(() => end());

it('are listed for their division only, with the record as it came', async () => {
  const [row] = await list('waiting');
  expect(row).toMatchObject({
    consumer: 'requests',
    eventId: event.id,
    type: event.type,
    cause: 'Error: cannot take 2.00',
    attempts: 5,
    mendedData: null,
    replayedAt: null,
  });
  expect(JSON.parse(row?.value ?? '')).toMatchObject({ id: event.id, data: event.data });
  expect(await list('waiting', '990002000')).toEqual([]);
  expect(await list('replayed')).toEqual([]);
});

it('have their effect by a replay, once, through the same handler and under their own id', async () => {
  const id = await idOfTheOne();
  await run((session) => session.execute('delete from setting'));
  const replay = () =>
    run((session) => parked.replay(session, { mofDivCode: DIVISION, id, person }));
  expect(await replay()).toEqual({ ok: true, effect: 'done' });
  expect(await effectsOf(service.transactor)).toMatchObject([
    { eventId: event.id, amount: '2.00' },
  ]);
  expect(await replay()).toEqual({ ok: false, refusal: 'parked_event_already_replayed' });
  expect(await list('replayed')).toMatchObject([{ replayedBy: person }]);

  // The event comes once more on its topic.
  await run((session) => session.execute('update outbox set published_at = null'));
  await run(async (session) => session.notify('guoku_outbox'));
  await eventually(async () => {
    const row = await run((session) =>
      session.one<{ open: string }>(
        'select count(*) as "open" from outbox where published_at is null',
      ),
    );
    expect(row?.open).toBe('0');
  });
  expect(await effectsOf(service.transactor)).toHaveLength(1);
});

it('stay parked when the replay fails, and nothing of it is left', async () => {
  const id = await idOfTheOne();
  const replay = run((session) => parked.replay(session, { mofDivCode: DIVISION, id, person }));
  await expect(replay).rejects.toThrow('cannot take 2.00');
  expect(await effectsOf(service.transactor)).toEqual([]);
  expect(await list('waiting')).toHaveLength(1);
});

it('change nothing when their event had its effect in the meantime', async () => {
  const id = await idOfTheOne();
  await run((session) => session.execute('delete from setting'));
  await run((session) => session.execute('update outbox set published_at = null'));
  await run(async (session) => session.notify('guoku_outbox'));
  await eventually(async () => expect(await effectsOf(service.transactor)).toHaveLength(1));
  const answer = await run((session) =>
    parked.replay(session, { mofDivCode: DIVISION, id, person }),
  );
  expect(answer).toEqual({ ok: true, effect: 'repeated' });
  expect(await effectsOf(service.transactor)).toHaveLength(1);
});

it('are mended: the replay uses the new data, every mend is kept, and the record stays', async () => {
  const id = await idOfTheOne();
  const mend = (amount: string) =>
    run((session) =>
      parked.mend(session, {
        mofDivCode: DIVISION,
        id,
        person,
        data: { ...event.data, amount },
      }),
    );
  expect(await mend('3.00')).toEqual({ ok: true });
  expect(await mend('4.00')).toEqual({ ok: true });
  expect(await mend('4.001')).toMatchObject({
    ok: false,
    refusal: 'parked_event_data_invalid',
    fault: expect.stringContaining('data/amount'),
  });
  const log = await run((session) =>
    session.rows(
      `select person, data_before->>'amount' as "before", data_after->>'amount' as "after"
         from parked_event_mend_log order by id`,
    ),
  );
  expect(log).toEqual([
    { person, before: '2.00', after: '3.00' },
    { person, before: '3.00', after: '4.00' },
  ]);
  await expect(
    run((session) => session.execute('delete from parked_event_mend_log')),
  ).rejects.toThrow('permission denied');

  await run((session) => parked.replay(session, { mofDivCode: DIVISION, id, person }));
  expect(await effectsOf(service.transactor)).toMatchObject([
    { eventId: event.id, amount: '4.00' },
  ]);
  expect((await list('replayed'))[0]?.value).toContain('"2.00"');
});

it('are not found in another division, and an unreadable record is neither mended nor replayed', async () => {
  const id = await idOfTheOne();
  const elsewhere = { mofDivCode: '990002000', id, person };
  const notFound = { ok: false, refusal: 'parked_event_not_found' };
  expect(await run((session) => parked.replay(session, elsewhere))).toEqual(notFound);
  expect(await run((session) => parked.mend(session, { ...elsewhere, data: {} }))).toEqual(
    notFound,
  );

  const messages = [{ key: `${DIVISION}/x`, value: '?' }];
  await broker.publish([{ topic: 'guoku.payment.v1', messages }]);
  await eventually(async () => expect(await list('waiting')).toHaveLength(2));
  const unreadable = { mofDivCode: DIVISION, id: (await list('waiting'))[1]?.id ?? '', person };
  const refused = { ok: false, refusal: 'parked_event_unreadable' };
  expect(await run((session) => parked.replay(session, unreadable))).toEqual(refused);
  expect(await run((session) => parked.mend(session, { ...unreadable, data: {} }))).toEqual(
    refused,
  );
});
