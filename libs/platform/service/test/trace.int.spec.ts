import { randomBytes, randomUUID } from 'node:crypto';
import { eventually } from '@guoku/testing';
import { Running } from './running.js';

let running: Running;
beforeAll(async () => {
  running = await Running.start();
});
afterAll(() => running.stop());

test('the trace of a call is in its refusal, its audit entry and its event', async () => {
  const traceId = randomBytes(16).toString('hex');
  const token = await running.token();
  const call = (amount: string) =>
    fetch(`${running.url}/v1/notes`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      },
      body: JSON.stringify({ amount, day: '2026-03-09', urgent: false }),
    });
  expect((await call('1.00')).status).toBe(201);
  expect(await (await call('x')).json()).toMatchObject({ instance: `urn:guoku:trace:${traceId}` });
  expect(await running.rows('select trace_id from audit_entry')).toEqual([{ trace_id: traceId }]);
  const events = await running.rows<{ traceparent: string }>('select traceparent from outbox');
  expect(events.map(({ traceparent }) => traceparent.split('-')[1])).toEqual([traceId]);
});

test('a call without a trace gets one of its own', async () => {
  const instances = await Promise.all(
    [1, 2].map(async () => {
      const answer: unknown = await (await fetch(`${running.url}/v1/notes`)).json();
      return String(Reflect.get(Object(answer), 'instance'));
    }),
  );
  expect(new Set(instances).size).toBe(2);
  for (const instance of instances) expect(instance).toMatch(/^urn:guoku:trace:[0-9a-f]{32}$/);
});

test('the event is taken in by the consumer of the service that published it', async () => {
  await eventually(async () => {
    const days = await running.rows('select day, state from business_day_copy');
    expect(days).toEqual([{ day: '2026-03-09', state: 'open' }]);
  });
});
