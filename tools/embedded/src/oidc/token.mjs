/** Gives a person's token for the name alone; the provider of the embedded profile knows it, no other does. */
export const PERSON_GRANT = 'urn:guoku:params:grant:person';

/**
 * @param {string} issuer of the embedded profile
 * @param {string} person as people.json names them: `treasurer-1`
 * @returns {Promise<string>} an access token, good for an hour
 * @throws {Error} with one sentence where the provider does not answer or refuses
 */
export function personToken(issuer, person) {
  return ask(issuer, { grant_type: PERSON_GRANT, client_id: 'guoku-cli', person });
}

/**
 * @param {string} issuer of the embedded profile
 * @param {{ id: string, secret: string, mofDivCode: string }} client a service, and the division it acts for
 * @returns {Promise<string>} an access token, good for an hour
 * @throws {Error} with one sentence where the provider does not answer or refuses
 */
export function serviceToken(issuer, { id, secret, mofDivCode }) {
  return ask(issuer, {
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: secret,
    mof_div_code: mofDivCode,
  });
}

/**
 * @param {string} issuer
 * @param {Record<string, string>} form
 * @returns {Promise<string>}
 */
async function ask(issuer, form) {
  let response;
  try {
    response = await fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(form) });
  } catch (error) {
    throw new Error(`No OpenID provider answers at ${issuer}: run npm start first.`, {
      cause: error,
    });
  }
  /** @type {any} */
  const answer = await response.json();
  if (!response.ok) throw new Error(`No token: ${answer.error_description ?? answer.error}.`);
  return answer.access_token;
}
