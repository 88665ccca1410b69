export { arbitraries } from './arbitraries.js';
export { eventually } from './eventually.js';
export { freshDatabase, type TestDatabase } from './fresh-database.js';
export { kafka, type TestKafka } from './kafka.js';
export { runProgram, type Program } from './program.js';
export { kafkaBrokers, postgresUrl, tokens, type TestPerson } from './servers.js';
export { serviceEnvironment } from './service-environment.js';
export { table } from './table.js';
export { TestClock } from './test-clock.js';
