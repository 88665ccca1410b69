// The OpenID provider of the embedded profile serves every lane: tests need people that no provider
// of others has.
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, personToken, serviceToken, startOidc } from '@guoku/tool-embedded';
import { enterFolder, leaveFolder } from './folder.mjs';

const SECRETS = { quota: 'test', revenue: 'test', forecast: 'test', payment: 'test' };

/** @type {string} */
let issuer;
/** @type {string} */
let people;
let changes = 0;
/** @type {Promise<unknown>} */
let last = Promise.resolve();

export async function oidc() {
  const [port = 0] = await freePorts(1);
  people = join(enterFolder(), 'people.json');
  writeFileSync(people, '[]');
  const server = await startOidc({ port, people, clientSecrets: SECRETS });
  issuer = server.issuer;
  return {
    answer: { issuer },
    async stop() {
      await server.stop();
      leaveFolder();
    },
  };
}

/**
 * A token of the provider for a person as wished. One wish after the other: two tests may wish for
 * the same person with different duties.
 *
 * @param {{ sub: string } | { service: keyof typeof SECRETS, mofDivCode: string }} wish
 * @returns {Promise<string>}
 */
export async function tokenFor(wish) {
  if ('service' in wish) {
    const { service: id, mofDivCode } = wish;
    return serviceToken(issuer, { id, secret: SECRETS[id], mofDivCode });
  }
  const token = last.then(() => {
    introduce(wish);
    return personToken(issuer, wish.sub);
  });
  last = token.catch(() => undefined);
  return token;
}

/** @param {{ sub: string }} person */
function introduce(person) {
  /** @type {{ sub: string }[]} */
  const known = JSON.parse(readFileSync(people, 'utf8'));
  const others = known.filter(({ sub }) => sub !== person.sub);
  writeFileSync(people, JSON.stringify([...others, person]));
  // The provider reads the file again when its time changes, which two quick writes may leave the
  // same.
  changes += 1;
  utimesSync(people, changes, changes);
}
