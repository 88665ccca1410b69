import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, personToken, serviceToken, startOidc } from '@guoku/tool-embedded';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const folder = mkdtempSync(join(tmpdir(), 'guoku-oidc-'));
const people = join(folder, 'people.json');
let oidc: Awaited<ReturnType<typeof startOidc>>;

const treasurer = {
  sub: 'treasurer-1',
  mofDivCode: '990001000',
  agencyCode: null,
  mofDepCode: '01',
  duties: ['plan.enter'],
  nameZh: '国库科',
  nameEn: 'Treasury desk',
};

beforeAll(async () => {
  const [port = 0] = await freePorts(1);
  oidc = await startOidc({ port, people, clientSecrets: { payment: 'a secret & more' } });
});
afterAll(async () => {
  await oidc.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function claims(token: string): Promise<Record<string, unknown>> {
  const keys = createRemoteJWKSet(new URL(`${oidc.issuer}/jwks`));
  const { payload } = await jwtVerify(token, keys, {
    issuer: oidc.issuer,
    audience: 'guoku',
    typ: 'at+jwt',
  });
  return payload;
}

test("a person's token carries their division, unit, section and duties", async () => {
  writeFileSync(people, JSON.stringify([treasurer]));
  expect(await claims(await personToken(oidc.issuer, 'treasurer-1'))).toMatchObject({
    sub: 'treasurer-1',
    mof_div_code: '990001000',
    agency_code: null,
    mof_dep_code: '01',
    duties: ['plan.enter'],
  });
});

test('people added to the file are known at once, others never', async () => {
  await expect(personToken(oidc.issuer, 'treasurer-2')).rejects.toThrow('names no treasurer-2');
  writeFileSync(people, JSON.stringify([treasurer, { ...treasurer, sub: 'treasurer-2' }], null, 2));
  expect(await claims(await personToken(oidc.issuer, 'treasurer-2'))).toMatchObject({
    sub: 'treasurer-2',
  });
});

test('a service gets a token for one division, with the duty that bears its name', async () => {
  const client = { id: 'payment', secret: 'a secret & more', mofDivCode: '990001000' };
  expect(await claims(await serviceToken(oidc.issuer, client))).toMatchObject({
    sub: 'payment',
    mof_div_code: '990001000',
    duties: ['service.payment'],
  });
});

test('no token without the secret, without a division, or by the wrong kind of client', async () => {
  const client = { id: 'payment', secret: 'a secret & more', mofDivCode: '990001000' };
  await expect(serviceToken(oidc.issuer, { ...client, secret: 'guess' })).rejects.toThrow(
    'No token',
  );
  await expect(serviceToken(oidc.issuer, { ...client, mofDivCode: '' })).rejects.toThrow(
    'mof_div_code',
  );
  const form = {
    grant_type: 'client_credentials',
    client_id: 'guoku-cli',
    mof_div_code: '990001000',
  };
  const answer = await fetch(`${oidc.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  expect(answer.status).toBe(400);
});
