import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.js';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Keeps account and identity numbers: encrypted at rest, masked on screens, found again by a keyed fingerprint. A text
 * is bound to its division, so that it cannot be moved to another division's row.
 */
@Injectable()
export class Vault {
  private readonly key: Buffer;
  private readonly findingKey: Buffer;
  /** Stands before every text, so that one can tell which key it was written with. */
  private readonly keyId: string;

  constructor(config: Config) {
    this.key = Buffer.from(hkdfSync('sha256', config.dataKey, '', 'guoku vault', 32));
    this.findingKey = Buffer.from(hkdfSync('sha256', config.dataKey, '', 'guoku finding', 32));
    this.keyId = createHash('sha256').update(this.key).digest('hex').slice(0, 8);
  }

  /** Another text each time, even for the same number. */
  encrypt(mofDivCode: string, number: string): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.key, iv).setAAD(Buffer.from(mofDivCode));
    const sealed = Buffer.concat([cipher.update(number, 'utf8'), cipher.final()]);
    const bytes = Buffer.concat([iv, cipher.getAuthTag(), sealed]);
    return `${this.keyId}.${bytes.toString('base64url')}`;
  }

  /** @throws Error where the text was written with another key, for another division, or changed */
  decrypt(mofDivCode: string, text: string): string {
    const [keyId, payload = ''] = text.split('.');
    if (keyId !== this.keyId) throw new Error(`encrypted with key ${keyId}, not ${this.keyId}`);
    const bytes = Buffer.from(payload, 'base64url');
    const iv = bytes.subarray(0, ivBytes);
    const cipher = createDecipheriv(algorithm, this.key, iv, { authTagLength: tagBytes })
      .setAAD(Buffer.from(mofDivCode))
      .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const number = [cipher.update(bytes.subarray(ivBytes + tagBytes)), cipher.final()];
    return Buffer.concat(number).toString('utf8');
  }

  /** The same for the same number of a division; tells nothing to whoever lacks the key. For a column with an index. */
  fingerprint(mofDivCode: string, number: string): string {
    const named = `${mofDivCode} ${number}`;
    return createHmac('sha256', this.findingKey).update(named).digest('base64url');
  }
}

/** The last four characters; of a short number, none. */
export function masked(number: string): string {
  const shown = number.length >= 8 ? number.slice(-4) : '';
  return '*'.repeat(Math.max(number.length - shown.length, 4)) + shown;
}
