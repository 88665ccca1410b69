import { Refused } from './refused.mjs';
import { SERVICES } from './services.mjs';

/**
 * The profile `given`: everything around the services is named by the environment and runs elsewhere.
 *
 * @param {import('./services.mjs').Ports} ports
 * @returns {import('./services.mjs').Surroundings}
 * @throws {Refused} that lists every variable that is missing
 */
export function readGivenSurroundings(ports) {
  /** @type {string[]} */
  const missing = [];
  const given = (/** @type {string} */ name) => {
    const value = process.env[name];
    if (!value) missing.push(name);
    return value ?? '';
  };
  const perService = (/** @type {(suffix: string) => any} */ read) =>
    Object.fromEntries(SERVICES.map(({ name }) => [name, read(name.toUpperCase())]));

  const around = {
    ports,
    databases: perService((suffix) => ({
      service: given(`DATABASE_URL_${suffix}`),
      owner: given(`DATABASE_OWNER_URL_${suffix}`),
    })),
    brokers: given('KAFKA_BROKERS'),
    issuer: given('OIDC_ISSUER'),
    clientSecrets: perService((suffix) => given(`OIDC_CLIENT_SECRET_${suffix}`)),
    dataKey: given('DATA_KEY'),
    auditSigningKey: given('AUDIT_SIGNING_KEY'),
  };
  if (missing.length > 0) {
    throw new Refused(
      `The profile given needs these environment variables: ${missing.join(', ')}.`,
    );
  }
  return around;
}
