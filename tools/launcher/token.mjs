// `npm run -s token -- treasurer-1`: prints an access token of the running system's provider.
import { personToken } from '../embedded/src/oidc/token.mjs';

const [person] = process.argv.slice(2);
const issuer = process.env['OIDC_ISSUER'] ?? 'http://127.0.0.1:3000';
try {
  if (!person) throw new Error('Whose token? npm run -s token -- treasurer-1');
  console.log(await personToken(issuer, person));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
