/** The four services, in the order in which they are named everywhere. */
export const SERVICES = [
  { name: 'quota', httpPort: 3001, grpcPort: 5001 },
  { name: 'revenue', httpPort: 3002, grpcPort: 5002 },
  { name: 'forecast', httpPort: 3003, grpcPort: 5003 },
  { name: 'payment', httpPort: 3004, grpcPort: 5004 },
];

/**
 * @typedef {object} Ports all on 127.0.0.1, all under 32768
 * @property {number} oidc
 * @property {number} postgres
 * @property {number} kafka
 * @property {number} kafkaController
 * @property {Record<string, { http: number, grpc: number }>} services
 */

/**
 * @param {number} [first] of a block of twenty ports, for a second system beside the first
 * @returns {Ports}
 */
export function choosePorts(first) {
  const services = SERVICES.map(({ name, httpPort, grpcPort }, index) => [
    name,
    first === undefined
      ? { http: httpPort, grpc: grpcPort }
      : { http: first + 1 + index, grpc: first + 11 + index },
  ]);
  return {
    oidc: first ?? 3000,
    postgres: first === undefined ? 15432 : first + 7,
    kafka: first === undefined ? 19092 : first + 8,
    kafkaController: first === undefined ? 19093 : first + 9,
    services: Object.fromEntries(services),
  };
}

/**
 * @typedef {object} Surroundings what the services find around them
 * @property {Ports} ports
 * @property {string} brokers
 * @property {string} issuer
 * @property {Record<string, { service: string, owner: string }>} databases URLs by service
 * @property {Record<string, string>} clientSecrets by service
 * @property {string} dataKey
 * @property {string} auditSigningKey
 */

/**
 * @param {string} name
 * @param {Surroundings} around
 * @returns {NodeJS.ProcessEnv} of the service itself: without the database's owner
 */
export function serviceEnvironment(name, around) {
  const { http, grpc } = portsOf(name, around);
  return {
    ...process.env,
    DATABASE_URL: around.databases[name]?.service,
    KAFKA_BROKERS: around.brokers,
    OIDC_ISSUER: around.issuer,
    OIDC_CLIENT_ID: name,
    OIDC_CLIENT_SECRET: around.clientSecrets[name],
    DATA_KEY: around.dataKey,
    AUDIT_SIGNING_KEY: around.auditSigningKey,
    HTTP_PORT: String(http),
    GRPC_PORT: String(grpc),
    ...peerAddresses(around),
  };
}

/**
 * @param {string} name
 * @param {Surroundings} around
 * @returns {NodeJS.ProcessEnv} of the service's migration job
 */
export function migrationEnvironment(name, around) {
  return { ...serviceEnvironment(name, around), DATABASE_OWNER_URL: around.databases[name]?.owner };
}

/**
 * @param {Surroundings} around
 * @param {string} folder the data folder
 * @returns {NodeJS.ProcessEnv} of a tool: addresses and no secret
 */
export function toolEnvironment(around, folder) {
  const urls = SERVICES.map(({ name }) => [
    `${name.toUpperCase()}_URL`,
    `http://127.0.0.1:${portsOf(name, around).http}`,
  ]);
  return {
    ...process.env,
    GUOKU_HOME: folder,
    OIDC_ISSUER: around.issuer,
    ...Object.fromEntries(urls),
    ...peerAddresses(around),
  };
}

/** @param {Surroundings} around */
function peerAddresses(around) {
  return Object.fromEntries(
    SERVICES.map(({ name }) => [
      `${name.toUpperCase()}_GRPC`,
      `127.0.0.1:${portsOf(name, around).grpc}`,
    ]),
  );
}

/**
 * @param {string} name
 * @param {Surroundings} around
 */
function portsOf(name, around) {
  const ports = around.ports.services[name];
  if (!ports) throw new Error(`There is no service ${name}.`);
  return ports;
}
