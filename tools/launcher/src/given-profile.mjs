import { Refused } from './refused.mjs';
import { SERVICES } from './services.mjs';

/** @returns {string[]} names of the variables that name the databases, two for each service */
export function databaseVariables() {
  return perService('DATABASE_URL').concat(perService('DATABASE_OWNER_URL'));
}

/**
 * @param {string[]} names of environment variables
 * @returns {(name: string) => string} reads one of them
 * @throws {Refused} that lists every one that is missing
 */
export function needed(names) {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Refused(`These environment variables are missing: ${missing.join(', ')}.`);
  }
  return (name) => process.env[name] ?? '';
}

/**
 * The profile `given`: everything around the services is named by the environment and runs elsewhere.
 *
 * @param {import('./services.mjs').Ports} ports
 * @returns {import('./services.mjs').Surroundings}
 * @throws {Refused} that lists every variable that is missing
 */
export function readGivenSurroundings(ports) {
  const given = needed([
    ...databaseVariables(),
    ...perService('OIDC_CLIENT_SECRET'),
    ...['KAFKA_BROKERS', 'OIDC_ISSUER', 'DATA_KEY', 'AUDIT_SIGNING_KEY'],
  ]);
  const ofService = (/** @type {string} */ variable, /** @type {string} */ name) =>
    given(`${variable}_${name.toUpperCase()}`);
  return {
    ports,
    databases: Object.fromEntries(
      SERVICES.map(({ name }) => [
        name,
        { service: ofService('DATABASE_URL', name), owner: ofService('DATABASE_OWNER_URL', name) },
      ]),
    ),
    brokers: given('KAFKA_BROKERS'),
    issuer: given('OIDC_ISSUER'),
    clientSecrets: Object.fromEntries(
      SERVICES.map(({ name }) => [name, ofService('OIDC_CLIENT_SECRET', name)]),
    ),
    dataKey: given('DATA_KEY'),
    auditSigningKey: given('AUDIT_SIGNING_KEY'),
  };
}

/** @param {string} variable */
function perService(variable) {
  return SERVICES.map(({ name }) => `${variable}_${name.toUpperCase()}`);
}
