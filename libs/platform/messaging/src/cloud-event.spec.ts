import { table } from '@guoku/testing';
import { decode, divisionOf, encode, type OutboxRow } from './cloud-event.js';

const row: OutboxRow = {
  seq: '1',
  id: '0198a9c1-0000-7000-8000-000000000001',
  type: 'guoku.fund-request.withdrawn.v1',
  subject: 'request-1',
  mofDivCode: '990001000',
  aggregateId: 'request-1',
  actor: 'unit-clerk-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  recordedAt: '2026-11-24T01:02:03.000004Z',
  data: { requestId: 'request-1' },
};

it('what is encoded is decoded, with its trace', () => {
  const { key, value } = encode(row);
  expect(decode(key, value)).toEqual({
    id: row.id,
    type: row.type,
    source: '/guoku/payment',
    subject: row.subject,
    time: row.recordedAt,
    mofDivCode: row.mofDivCode,
    key: '990001000/request-1',
    actor: row.actor,
    traceparent: row.traceparent,
    data: row.data,
  });
});

const { key, value } = encode({ ...row, traceparent: null });
const without = (name: string) => JSON.stringify({ ...JSON.parse(value), [name]: undefined });

describe('a record is refused with its reason', () => {
  table(
    [
      { key, value: '{', reason: 'the record is not JSON' },
      { key, value: 'null', reason: 'the record is not a CloudEvent' },
      { key, value: '7', reason: 'the record is not a CloudEvent' },
      { key, value: without('specversion'), reason: 'the record is not a CloudEvent 1.0' },
      { key, value: without('id'), reason: 'the CloudEvent has no id' },
      { key, value: without('actor'), reason: 'the CloudEvent has no actor' },
      { key, value: without('mofdivcode'), reason: 'the CloudEvent has no mofdivcode' },
      { key: '990002000/x', value, reason: 'key and mofdivcode name different divisions' },
      { key: 'x', value, reason: 'key and mofdivcode name different divisions' },
    ],
    (record) => expect(decode(record.key, record.value)).toBe(record.reason),
  );
});

it('a key without a slash names no division', () => {
  expect([divisionOf('990001000/a/b'), divisionOf('a'), divisionOf('')]).toEqual([
    '990001000',
    '',
    '',
  ]);
});
