/** Reads problems and plans from files: bytes as they come to what the planner takes, with the digest. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import {
  type ByteSource,
  type Fault,
  type Problem,
  readProblemFrom,
  sourceOf,
} from '@guoku/domain-schedule';

/** The command line cannot be carried out as given; the message says why. */
export class Unusable extends Error {}

export interface ReadProblem {
  readonly problem: Problem;
  /** SHA-256 of the RFC 8785 form. */
  readonly digest: string;
}

export type Input = ReadProblem | { readonly faults: readonly Fault[] };

function unreadable(file: string, error: unknown): Unusable {
  return new Unusable(`cannot read ${file}: ${error instanceof Error ? error.message : 'unknown'}`);
}

/** Text of a file, or of standard input for `-`; `null` where it is not UTF-8. */
export async function textOf(file: string): Promise<string | null> {
  const bytes = await (file === '-' ? buffer(process.stdin) : readFile(file)).catch(
    (error: unknown) => {
      throw unreadable(file, error);
    },
  );
  return textOfBytes(bytes);
}

/** Text of bytes; `null` where they are not UTF-8. */
export function textOfBytes(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function problemFrom(source: ByteSource): Input {
  const hash = createHash('sha256');
  const reading = readProblemFrom(source, (bytes) => hash.update(bytes));
  if (!reading.ok) return { faults: reading.faults };
  return { problem: reading.problem, digest: hash.digest('hex') };
}

/** A problem from its bytes. */
export function problemOf(bytes: Uint8Array): Input {
  return problemFrom(sourceOf(bytes));
}

/** A problem from a file, which is never held whole. */
function problemOfFile(file: string): Input {
  let descriptor: number | undefined;
  try {
    const open = (descriptor = openSync(file, 'r'));
    return problemFrom((into) => readSync(open, into));
  } catch (error) {
    throw error instanceof Error && 'code' in error ? unreadable(file, error) : error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** The problem in a file, or its faults on standard output. */
export async function problemIn(file: string): Promise<ReadProblem | null> {
  const input = file === '-' ? problemOf(await buffer(process.stdin)) : problemOfFile(file);
  if ('problem' in input) return input;
  process.stdout.write(`${JSON.stringify({ faults: input.faults })}\n`);
  return null;
}
