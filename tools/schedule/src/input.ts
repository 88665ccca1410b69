/** Reads problems and plans from files: bytes to text to what the planner takes, with the digest. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { type Fault, type Problem, readProblem } from '@guoku/domain-schedule';

/** The command line cannot be carried out as given; the message says why. */
export class Unusable extends Error {}

export interface ReadProblem {
  readonly problem: Problem;
  /** SHA-256 of the RFC 8785 form. */
  readonly digest: string;
}

export type Input = ReadProblem | { readonly faults: readonly Fault[] };

async function bytesOf(file: string): Promise<Buffer> {
  if (file !== '-') return readFile(file);
  return buffer(process.stdin);
}

/** Text of a file, or of standard input for `-`; `null` where it is not UTF-8. */
export async function textOf(file: string): Promise<string | null> {
  const bytes = await bytesOf(file).catch((error: unknown) => {
    throw new Unusable(
      `cannot read ${file}: ${error instanceof Error ? error.message : 'unknown'}`,
    );
  });
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

/** A problem from its text (`null`: the bytes were not UTF-8). */
export function problemOf(text: string | null): Input {
  if (text === null) return { faults: [{ pointer: '', code: 'not-json', detail: 'not UTF-8' }] };
  const reading = readProblem(text);
  if (!reading.ok) return { faults: reading.faults };
  const digest = createHash('sha256').update(reading.canonical).digest('hex');
  return { problem: reading.problem, digest };
}

/** The problem in a file, or its faults on standard output. */
export async function problemIn(file: string): Promise<ReadProblem | null> {
  const input = problemOf(await textOf(file));
  if ('problem' in input) return input;
  process.stdout.write(`${JSON.stringify({ faults: input.faults })}\n`);
  return null;
}
