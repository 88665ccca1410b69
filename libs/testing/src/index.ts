export { eventually } from './eventually.js';
export { freshDatabase, type TestDatabase } from './fresh-database.js';
export { kafka, type TestKafka } from './kafka.js';
export { kafkaBrokers, postgresUrl } from './servers.js';
