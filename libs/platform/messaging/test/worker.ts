// A process with a relay and a consumer, to be killed. It prints a line for each event it has
// finished.
import { ConsumerRunner, KafkaBroker, OutboxRelay } from '@guoku/messaging';
import { dataSourceOf, Transactor } from '@guoku/persistence';
import { requests } from './requests.js';

const { DATABASE_URL = '', KAFKA_BROKERS = '', KAFKA_PREFIX = '' } = process.env;
const broker = new KafkaBroker({ brokers: KAFKA_BROKERS, prefix: KAFKA_PREFIX });
const transactor = new Transactor(dataSourceOf(DATABASE_URL));
new OutboxRelay(broker, transactor, { batchSize: 20 }).start();
new ConsumerRunner(broker, transactor, requests, {
  observer: { handled: (_, __, outcome) => process.stdout.write(`${outcome}\n`) },
}).start();
