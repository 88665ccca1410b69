import { generateKeyPairSync } from 'node:crypto';
import { readConfig } from '../config.js';
import { masked, Vault } from './vault.js';

const vaultOf = (byte: number) => {
  const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  return new Vault(
    readConfig(
      {
        DATABASE_URL: 'postgres://a@b/c',
        KAFKA_BROKERS: 'a:1',
        OIDC_ISSUER: 'http://a',
        HTTP_PORT: '1',
        GRPC_PORT: '1',
        DATA_KEY: Buffer.alloc(32, byte).toString('base64'),
        AUDIT_SIGNING_KEY: Buffer.from(key).toString('base64'),
      },
      'payment',
    ),
  );
};
const vault = vaultOf(1);
const account = '6222021234567890123';

test('a number comes back from its encrypted text, which shows nothing of it', () => {
  const text = vault.encrypt('990001000', account);
  expect(vault.decrypt('990001000', text)).toBe(account);
  expect(text).not.toContain(account);
  expect(Buffer.from(text.split('.')[1] ?? '', 'base64url').includes(Buffer.from(account))).toBe(
    false,
  );
});

test('the same number is encrypted to another text each time, and found by the same fingerprint', () => {
  expect(vault.encrypt('990001000', account)).not.toBe(vault.encrypt('990001000', account));
  expect(vault.fingerprint('990001000', account)).toBe(vault.fingerprint('990001000', account));
  expect(vault.fingerprint('990002000', account)).not.toBe(vault.fingerprint('990001000', account));
});

test('a text of another division, of another key, or changed in any byte is refused', () => {
  const text = vault.encrypt('990001000', account);
  expect(() => vault.decrypt('990002000', text)).toThrow();
  expect(() => vaultOf(2).decrypt('990001000', text)).toThrow('encrypted with key');
  const [keyId = '', payload = ''] = text.split('.');
  const bytes = Buffer.from(payload, 'base64url');
  for (const [index, byte] of bytes.entries()) {
    const changed = Buffer.from(bytes);
    changed[index] = byte ^ 1;
    expect(() => vault.decrypt('990001000', `${keyId}.${changed.toString('base64url')}`)).toThrow();
  }
});

test.each([
  [account, '***************0123'],
  ['12345678', '****5678'],
  ['1234567', '*******'],
  ['12', '****'],
  ['', '****'],
])('%p is shown as %p', (number, shown) => {
  expect(masked(number)).toBe(shown);
});
