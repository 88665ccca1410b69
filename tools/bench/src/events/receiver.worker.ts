// The other service: each event writes a row, in the transaction of its inbox.
import { ConsumerRunner, KafkaBroker } from '@guoku/messaging';
import { dataSourceOf, Transactor } from '@guoku/persistence';
import { CONSUMER, isStart, TYPE, usageNow } from './traffic.js';

process.on('message', (message) => {
  if (isStart(message)) {
    const broker = new KafkaBroker({ brokers: message.brokers });
    new ConsumerRunner(broker, new Transactor(dataSourceOf(message.url)), {
      name: CONSUMER,
      handlers: {
        [TYPE]: async (session, { id }) => {
          await session.execute('insert into heard (id) values (:id)', { id });
        },
      },
    }).start();
  }
  process.send?.(usageNow());
});
process.on('disconnect', () => process.exit());
