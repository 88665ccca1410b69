// The service that commits: a row and its event in one transaction, and the relay beside it.
import { randomUUID } from 'node:crypto';
import { KafkaBroker, outbox, OutboxRelay } from '@guoku/messaging';
import { dataSourceOf, Transactor } from '@guoku/persistence';
import { atPace } from '../pace.js';
import { DIVISION, isLoad, isStart, TYPE, usageNow } from './traffic.js';

const REQUESTS = Array.from({ length: 200 }, () => randomUUID());

let transactor: Transactor;

async function commit(n: number): Promise<void> {
  const id = randomUUID();
  const requestId = REQUESTS[n % REQUESTS.length] ?? '';
  await transactor.run(async (session) => {
    await session.execute('insert into said (id) values (:id)', { id });
    await outbox.append(session, [
      {
        id,
        type: TYPE,
        subject: requestId,
        mofDivCode: DIVISION,
        aggregateId: requestId,
        actor: 'unit-clerk-1',
        data: { requestId, bgtId: id, amount: '1.00', due: '2026-11-24', latest: '2026-12-31' },
      },
    ]);
  });
}

process.on('message', (message) => {
  if (isStart(message)) {
    transactor = new Transactor(dataSourceOf(message.url));
    new OutboxRelay(new KafkaBroker({ brokers: message.brokers }), transactor).start();
    process.send?.(usageNow());
  } else if (isLoad(message)) {
    void atPace(message.ratePerSecond, message.seconds, commit).then(() =>
      process.send?.(usageNow()),
    );
  } else process.send?.(usageNow());
});
process.on('disconnect', () => process.exit());
