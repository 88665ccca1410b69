// The OpenID provider of the embedded profile, a process of its own under Node 24. Real discovery, keys and signed
// tokens; what is embedded about it is that a person's token is given for the name alone, without a password.
//
// Environment: OIDC_ISSUER, HTTP_PORT, BIND_ADDRESS (127.0.0.1 unless told), OIDC_PEOPLE (path of people.json),
// OIDC_CLIENT_SECRETS (JSON, client id to secret).
import { generateKeyPairSync } from 'node:crypto';
import Provider, { errors } from 'oidc-provider';
import { PeopleFile } from './people.mjs';
import { PERSON_GRANT } from './token.mjs';

const AUDIENCE = 'guoku';
const LIFETIME_SECONDS = 3600;

const issuer = needed('OIDC_ISSUER');
const people = new PeopleFile(needed('OIDC_PEOPLE'));
/** @type {Record<string, string>} */
const secrets = JSON.parse(needed('OIDC_CLIENT_SECRETS'));

/** @param {string} name */
function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

/** Tokens of an earlier start are void: the key lives as long as the process. */
function signingKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' };
}

/** @type {import('oidc-provider').ResourceServer} */
const server = {
  scope: '',
  audience: AUDIENCE,
  accessTokenTTL: LIFETIME_SECONDS,
  accessTokenFormat: 'jwt',
  jwt: { sign: { alg: 'ES256' } },
};

const provider = new Provider(issuer, {
  jwks: { keys: [signingKey()] },
  clients: [
    client('guoku-cli', { grant_types: [PERSON_GRANT], token_endpoint_auth_method: 'none' }),
    ...Object.entries(secrets).map(([id, secret]) =>
      client(id, { grant_types: ['client_credentials'], client_secret: secret }),
    ),
  ],
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => `urn:${AUDIENCE}`,
      getResourceServerInfo: () => server,
    },
  },
  findAccount: (_, sub) => {
    const person = people.find(sub);
    return person && { accountId: sub, claims: () => ({ sub }) };
  },
  extraTokenClaims: (ctx, token) =>
    token.kind === 'AccessToken' ? personClaims(ctx) : serviceClaims(ctx),
});

/**
 * @param {string} id
 * @param {object} metadata
 */
function client(id, metadata) {
  return { client_id: id, redirect_uris: [], response_types: [], ...metadata };
}

/** @param {import('oidc-provider').KoaContextWithOIDC} ctx */
function personClaims(ctx) {
  const sub = String(ctx.oidc.params?.['person'] ?? '');
  const person = people.find(sub);
  if (!person) throw new errors.InvalidRequest(`people.json names no ${sub || 'person'}`);
  return {
    mof_div_code: person.mofDivCode,
    agency_code: person.agencyCode,
    mof_dep_code: person.mofDepCode,
    duties: person.duties,
  };
}

/** @param {import('oidc-provider').KoaContextWithOIDC} ctx */
function serviceClaims(ctx) {
  const division = ctx.oidc.body?.['mof_div_code'];
  if (typeof division !== 'string' || !/^\d{9}$/.test(division)) {
    throw new errors.InvalidRequest('mof_div_code is needed: the nine digits of a division');
  }
  return {
    mof_div_code: division,
    agency_code: null,
    mof_dep_code: null,
    duties: [`service.${ctx.oidc.client?.clientId}`],
  };
}

provider.registerGrantType(
  PERSON_GRANT,
  async (ctx) => {
    const token = new provider.AccessToken({
      accountId: String(ctx.oidc.params?.['person'] ?? ''),
      client: ctx.oidc.client,
      gty: PERSON_GRANT,
      grantId: '',
    });
    token.resourceServer = new provider.ResourceServer(`urn:${AUDIENCE}`, server);
    ctx.body = {
      access_token: await token.save(),
      expires_in: LIFETIME_SECONDS,
      token_type: 'Bearer',
    };
  },
  ['person'],
);

provider.on('server_error', (_, error) => console.error(error));
const listening = provider.listen(
  Number(needed('HTTP_PORT')),
  process.env['BIND_ADDRESS'] ?? '127.0.0.1',
);
// Longer than Node's five seconds, so that whoever comes again soon does not meet a connection that is just ending.
listening.keepAliveTimeout = 72_000;
