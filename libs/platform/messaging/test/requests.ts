import { randomUUID } from 'node:crypto';
import type { EventData } from '@guoku/contracts';
import {
  messagingMigrations,
  outbox,
  type Consumer,
  type IncomingEvent,
  type OutgoingEvent,
} from '@guoku/messaging';
import {
  dataSourceOf,
  migrationsFrom,
  Transactor,
  type Migration,
  type Session,
} from '@guoku/persistence';
import { freshDatabase, type TestDatabase } from '@guoku/testing';

export const DIVISION = '990001000';
export const TOPICS = [
  { name: 'guoku.payment.v1', partitions: 3, retentionDays: 1 },
  { name: 'guoku.requests.parked', partitions: 1, retentionDays: 1 },
];

/**
 * Every effect is a row, so that one too many or too few is seen, and so is a wrong order within a
 * request.
 */
const effects: Migration = {
  folder: '2026-11-24-01-effects',
  sql: `create table effect (
          place bigint generated always as identity, event_id text, request_id text, amount numeric(20,2)
        );
        create table setting (failing_amount numeric(20,2));`,
  appendOnly: [],
};

/** The migrations of a service that hears of fund requests. */
export const requestMigrations: readonly Migration[] = [
  ...migrationsFrom(messagingMigrations),
  effects,
];

export interface TestService {
  readonly database: TestDatabase;
  readonly transactor: Transactor;
  close(): Promise<void>;
}

export async function testService(name: string): Promise<TestService> {
  const database = await freshDatabase(name, requestMigrations);
  const transactor = new Transactor(dataSourceOf(database.url));
  return {
    database,
    transactor,
    async close() {
      await transactor.close();
      await database.drop();
    },
  };
}

type Submitted = Extract<OutgoingEvent, { type: 'guoku.fund-request.submitted.v1' }>;

/** The request's n-th event; its amount says which. */
export function submitted(requestId: string, n: number): Submitted & { readonly id: string } {
  return {
    id: randomUUID(),
    type: 'guoku.fund-request.submitted.v1',
    subject: requestId,
    mofDivCode: DIVISION,
    aggregateId: requestId,
    actor: 'unit-clerk-1',
    data: {
      requestId,
      bgtId: randomUUID(),
      amount: `${n}.00`,
      due: '2026-11-24',
      latest: '2026-12-31',
    },
  };
}

export const say = (transactor: Transactor, events: readonly OutgoingEvent[]) =>
  transactor.run((session) => outbox.append(session, events));

export async function writeEffect(
  session: Session,
  event: IncomingEvent<EventData<'guoku.fund-request.submitted.v1'>>,
): Promise<void> {
  await session.execute(
    'insert into effect (event_id, request_id, amount) values (:id, :requestId, :amount)',
    { id: event.id, requestId: event.data.requestId, amount: event.data.amount },
  );
}

/**
 * Writes one effect for each request submitted; told to, it fails at some amount after it has
 * written.
 */
export const requests: Consumer = {
  name: 'requests',
  handlers: {
    'guoku.fund-request.submitted.v1': async (session, event) => {
      await writeEffect(session, event);
      const failing = await session.one('select 1 from setting where failing_amount = :amount', {
        amount: event.data.amount,
      });
      if (failing) throw new Error(`cannot take ${event.data.amount}`);
    },
  },
};

export interface Effect {
  eventId: string;
  requestId: string;
  amount: string;
}

export const effectsOf = (transactor: Transactor) =>
  transactor.run((session) =>
    session.rows<Effect>(
      'select event_id as "eventId", request_id as "requestId", amount from effect order by place',
    ),
  );

/** The amounts of each request, in the order in which they took effect. */
export function amountsByRequest(effectRows: readonly Effect[]): Map<string, string[]> {
  const amounts = new Map<string, string[]>();
  for (const { requestId, amount } of effectRows) {
    amounts.set(requestId, [...(amounts.get(requestId) ?? []), amount]);
  }
  return amounts;
}
