// `npm run -s compose-secrets > .env`: the user, new passwords and keys for docker-compose.yml, which takes them
// from .env.
import { newKeys } from './src/data-folder.mjs';

const { dataKey, auditSigningKey, clientSecrets, passwords } = newKeys();
const lines = {
  GUOKU_USER: `${process.getuid?.() ?? 1000}:${process.getgid?.() ?? 1000}`,
  DATA_KEY: dataKey,
  AUDIT_SIGNING_KEY: auditSigningKey,
  ...named('PASSWORD', passwords),
  ...named('CLIENT_SECRET', clientSecrets),
};
for (const [name, value] of Object.entries(lines)) console.log(`${name}=${value}`);

/**
 * @param {string} ending
 * @param {Record<string, string>} secrets
 */
function named(ending, secrets) {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, secret]) => [`${name.toUpperCase()}_${ending}`, secret]),
  );
}
