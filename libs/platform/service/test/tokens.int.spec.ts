import { generateKeyPairSync } from 'node:crypto';
import { eventually } from '@guoku/testing';
import { Issuer, type TokenWish } from './issuer.js';
import { Running } from './running.js';

let issuer: Issuer;
let running: Running;

beforeAll(async () => {
  issuer = await Issuer.start();
  running = await Running.start({ OIDC_ISSUER: issuer.url });
});

afterAll(async () => {
  await running.stop();
  await issuer.stop();
});

const list = (token: string) => running.doors.rest('NoteService.List', {}, { token });

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const wishes: [string, TokenWish, string][] = [
  ['of another audience', { audience: 'other' }, 'claim aud'],
  ['of another issuer', { issuer: 'http://127.0.0.1:1' }, 'claim iss'],
  ['that has expired', { expiresInSeconds: -1 }, 'expired'],
  ['signed by another key', { signedWith: stranger }, 'signature'],
  ['without division', { mofDivCode: '' }, 'claim mof_div_code'],
  ['without person', { person: '' }, 'claim sub'],
  ['whose duties are no list', { claims: { duties: 'plan.enter' } }, 'claim duties'],
];

test.each(wishes)('a token %s is refused at both doors', async (_name, wish, reason) => {
  const token = await issuer.token(wish);
  const rest = await list(token);
  const grpc = await running.doors.grpc('NoteService.List', {}, { token });
  expect(rest).toMatchObject({ status: 401, code: 'token_invalid' });
  expect(rest.body).toMatchObject({ detail: expect.stringContaining(reason) });
  expect(grpc).toMatchObject({ grpc: 16, code: 'token_invalid' });
});

test.each(['nonsense', 'a.b.c', ''])('%p is no token', async (token) => {
  expect((await list(token)).status).toBe(401);
});

test('a token without signature is refused', async () => {
  const [, payload = ''] = (await issuer.token()).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  expect(await list(`${header}.${payload}.`)).toMatchObject({ status: 401, code: 'token_invalid' });
});

test('an unknown duty opens nothing', async () => {
  const token = await issuer.token({ claims: { duties: ['plan.everything'] } });
  expect(await list(token)).toMatchObject({ status: 403, code: 'duty_missing' });
});

test('a duty of the finance office opens nothing to a person of a budget unit', async () => {
  const claims = { duties: ['plan.read'] };
  expect((await list(await issuer.token({ claims }))).ok).toBe(true);
  const ofUnit = await issuer.token({ claims: { ...claims, agency_code: '101001' } });
  expect(await list(ofUnit)).toMatchObject({ status: 403, code: 'duty_missing' });
});

test('a token that was good is refused from its end on', async () => {
  const token = await issuer.token({ expiresInSeconds: 2 });
  expect((await list(token)).ok).toBe(true);
  await new Promise((done) => setTimeout(done, 2_100));
  expect(await list(token)).toMatchObject({ status: 401, code: 'token_invalid' });
});

test('a new key of the provider is taken, without a restart', async () => {
  expect((await list(await issuer.token())).ok).toBe(true);
  issuer.rotate();
  const token = await issuer.token();
  await eventually(async () => expect(await list(token)).toMatchObject({ ok: true }));
});

test('without its identity provider nobody is let in, and it is not the caller’s fault', async () => {
  const away = await Issuer.start();
  const token = await away.token();
  await away.stop();
  const other = await Running.start({ OIDC_ISSUER: away.url });
  try {
    const reply = await other.doors.rest('NoteService.List', {}, { token });
    expect(reply).toMatchObject({ status: 503, code: 'identity_unavailable' });
  } finally {
    await other.stop();
  }
});
