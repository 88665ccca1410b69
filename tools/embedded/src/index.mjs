// The embedded servers: real PostgreSQL, real Apache Kafka and a real OpenID provider on 127.0.0.1.
// Plain JavaScript, because the launcher, jest's global set-up and TypeScript all import it unbuilt.
export { spawnBound } from './bound-process.mjs';
export { createDatabase } from './database.mjs';
export { javaCommand, javaVersionProblem } from './java.mjs';
export { startKafka } from './kafka.mjs';
export { fetchKafkaJars, kafkaJarsAreFetched, KAFKA_LIB, MAVEN_MISSING } from './kafka-jars.mjs';
export { node24 } from './node.mjs';
export { startOidc } from './oidc.mjs';
export { PERSON_GRANT, personToken, serviceToken } from './oidc/token.mjs';
export { freeBlock, freePorts, needPorts, portIsFree } from './ports.mjs';
export { POSTGRES_MAJOR, startPostgres } from './postgres.mjs';
export { lookAt, processTree } from './processes.mjs';

/** @typedef {import('./bound-process.mjs').BoundProcess} BoundProcess */
/** @typedef {import('./processes.mjs').Process} Process */
