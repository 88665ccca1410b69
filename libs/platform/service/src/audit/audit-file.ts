#!/usr/bin/env node
/**
 * The audit log as a file, and its verifier. It needs no service, no database and nothing else of this repository, so
 * that an auditor can read all of it here: `node audit-file.ts FILE [PUBLIC-KEY-FINGERPRINT]`.
 *
 * A file is NDJSON of one division. Each line is canonical JSON (RFC 8785), so that there is one way to write it:
 * entries `{entry, hash, position, previous}` with hash = SHA-256 of `{entry, position, previous}`, chained by
 * `previous` from 64 zeros on; and roots `{root: {day, hash, mofDivCode, position}, publicKey, signature}` that sign
 * (Ed25519) the hash at a position: one for each day that has ended, and one for the rest as the file was given out.
 */
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import canonicalize from 'canonicalize';

export const CHAIN_START = '0'.repeat(64);

export interface SealedEntry {
  readonly position: number;
  readonly previous: string;
  readonly hash: string;
  readonly entry: Readonly<Record<string, string | null>>;
}

export interface Root {
  readonly mofDivCode: string;
  /** The day, in the division's zone, that has ended; of the last root it may be that on which the file was given out. */
  readonly day: string;
  readonly position: number;
  readonly hash: string;
}

export interface SignedRoot {
  readonly root: Root;
  /** Ed25519 over the canonical JSON of `root`; base64. */
  readonly signature: string;
  /** SPKI, DER, base64. */
  readonly publicKey: string;
}

export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('a value without JSON form');
  return text;
}

export function hashOf(sealed: Omit<SealedEntry, 'hash'>): string {
  const { position, previous, entry } = sealed;
  return createHash('sha256').update(canonical({ entry, position, previous })).digest('hex');
}

export function signRoot(root: Root, key: KeyObject): SignedRoot {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
  return {
    root,
    publicKey,
    signature: sign(null, Buffer.from(canonical(root)), key).toString('base64'),
  };
}

/** SHA-256 of the public key; told to the auditor by another way than the file. */
export function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');
}

export interface Finding {
  /** Counted from 1; 0 where the file as a whole is meant. */
  readonly line: number;
  readonly fault: string;
}

export interface Verification {
  readonly entries: number;
  readonly roots: number;
  /** Entries that no root covers: they are chained, but nobody has signed for them. None in a file as it is given out. */
  readonly unsigned: number;
  readonly fingerprints: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Recomputes everything that the file claims.
 *
 * @param file its whole text
 * @param fingerprint of the key that must have signed; without it any one key is taken and its fingerprint is told
 */
export function verifyFile(file: string, fingerprint?: string): Verification {
  const check = new Check(fingerprint);
  if (!file.endsWith('\n')) check.find(0, 'the last line has no end');
  const lines = file.split('\n').slice(0, -1);
  lines.forEach((line, index) => check.line(line, index + 1));
  return check.result();
}

class Check {
  private readonly hashes: string[] = [];
  private readonly findings: Finding[] = [];
  private readonly fingerprints = new Set<string>();
  private readonly wanted: string | undefined;
  private division: string | undefined;
  private roots = 0;
  private signedTo = 0;
  private lastDay = '';

  constructor(wanted: string | undefined) {
    this.wanted = wanted;
  }

  find(line: number, fault: string): void {
    this.findings.push({ line, fault });
  }

  line(text: string, number: number): void {
    const value = parsed(text);
    if (value === undefined) this.find(number, 'is not JSON');
    else if (canonicalize(value) !== text) this.find(number, 'is not written canonically');
    else if (isSealedEntry(value)) this.entry(value, number);
    else if (isSignedRoot(value)) this.root(value, number);
    else this.find(number, 'is neither an entry nor a root');
  }

  private entry(sealed: SealedEntry, line: number): void {
    const { position, previous, hash, entry } = sealed;
    if (position !== this.hashes.length + 1)
      this.find(line, `position ${position} is out of order`);
    if (previous !== (this.hashes.at(-1) ?? CHAIN_START))
      this.find(line, 'does not follow the entry before');
    if (hash !== hashOf(sealed)) this.find(line, 'the entry is not the one that was sealed');
    this.sameDivision(entry['mofDivCode'], line);
    this.hashes.push(hash);
  }

  private root({ root, publicKey, signature }: SignedRoot, line: number): void {
    this.roots += 1;
    this.sameDivision(root.mofDivCode, line);
    const fingerprint = fingerprintOf(publicKey);
    this.fingerprints.add(fingerprint);
    if (this.wanted !== undefined && fingerprint !== this.wanted)
      this.find(line, 'is signed by another key');
    if (this.fingerprints.size > 1 && this.wanted === undefined)
      this.find(line, 'the key has changed');
    if (!signatureHolds(root, publicKey, signature)) this.find(line, 'the signature does not hold');
    if (this.hashes[root.position - 1] !== root.hash)
      this.find(line, 'signs another chain than this one');
    if (root.day <= this.lastDay) this.find(line, 'days of roots go back');
    this.lastDay = root.day;
    this.signedTo = Math.max(this.signedTo, root.position);
  }

  private sameDivision(mofDivCode: string | null | undefined, line: number): void {
    this.division ??= mofDivCode ?? '';
    if (mofDivCode !== this.division) this.find(line, 'belongs to another division');
  }

  result(): Verification {
    return {
      entries: this.hashes.length,
      roots: this.roots,
      unsigned: Math.max(0, this.hashes.length - this.signedTo),
      fingerprints: [...this.fingerprints],
      findings: this.findings,
    };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function signatureHolds(root: Root, publicKey: string, signature: string): boolean {
  try {
    const [key, bytes] = [publicKey, signature].map((text) => {
      const decoded = Buffer.from(text, 'base64');
      // Base64 has spare bits at its end: only the one usual way to write it is accepted.
      if (decoded.toString('base64') !== text) throw new TypeError('not canonical base64');
      return decoded;
    });
    if (key === undefined || bytes === undefined) return false;
    const spki = createPublicKey({ key, format: 'der', type: 'spki' });
    return verify(null, Buffer.from(canonical(root)), spki, bytes);
  } catch {
    return false;
  }
}

function hasExactly(value: unknown, names: readonly string[]): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).sort().join() === [...names].sort().join();
}

function isSealedEntry(value: unknown): value is SealedEntry {
  if (!hasExactly(value, ['position', 'previous', 'hash', 'entry'])) return false;
  return 'entry' in value && typeof value.entry === 'object' && value.entry !== null;
}

function isSignedRoot(value: unknown): value is SignedRoot {
  if (!hasExactly(value, ['root', 'publicKey', 'signature'])) return false;
  if (!('root' in value && 'publicKey' in value && 'signature' in value)) return false;
  const texts = typeof value.publicKey === 'string' && typeof value.signature === 'string';
  return texts && hasExactly(value.root, ['mofDivCode', 'day', 'position', 'hash']);
}

const USAGE = `npm run -s audit-verify -- FILE [FINGERPRINT-OF-THE-KEY]
Verifies an audit file (GET /v1/audit/file) without the services: the chain, the signed daily roots, and the key where its
fingerprint is given. Prints what it found as JSON; status 0 where nothing is wrong.`;

function main([file, fingerprint]: readonly string[]): number {
  if (file === undefined || !existsSync(file)) {
    const why = file === undefined || file.startsWith('-') ? '' : `There is no file ${file}.\n`;
    process.stderr.write(`${why}${USAGE}\n`);
    return file === '--help' ? 0 : 2;
  }
  const result = verifyFile(readFileSync(file, 'utf8'), fingerprint);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  return result.findings.length === 0 ? 0 : 1;
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) {
  process.exitCode = main(process.argv.slice(2));
}
