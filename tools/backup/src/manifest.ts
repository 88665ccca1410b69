import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SERVICES, type ServiceName } from '@guoku/contracts';
import { Refused } from './refused.js';
import type { Sum, Table } from './tables.js';

export interface SavedTable extends Table, Sum {}

export interface SavedDatabase {
  readonly migrations: readonly string[];
  readonly tables: readonly SavedTable[];
  /** Where identity columns stand, by the name of the sequence; those that nobody has used are left out. */
  readonly sequences: Readonly<Record<string, string>>;
}

/** Written last: a folder without it is no backup. */
export interface Manifest {
  readonly format: 1;
  readonly madeAt: string;
  readonly databases: Readonly<Record<ServiceName, SavedDatabase>>;
}

const FILE = 'manifest.json';

export function manifestFile(folder: string): string {
  return join(folder, FILE);
}

export function tableFile(folder: string, service: ServiceName, { name }: Table): string {
  return join(folder, service, `${name.replaceAll('"', '')}.jsonl`);
}

/** @throws Refused where the folder holds no whole backup of ours */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(manifestFile(folder), 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new Refused(
      `${folder} 中没有完整的备份。${folder} holds no whole backup: ${FILE} is missing.`,
    );
  const manifest: unknown = JSON.parse(text);
  if (isManifest(manifest)) return manifest;
  throw new Refused(`备份的格式未知。The backup in ${folder} is of a form that is not known here.`);
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null || !('format' in value)) return false;
  if (value.format !== 1 || !('databases' in value)) return false;
  const { databases } = value;
  if (typeof databases !== 'object' || databases === null) return false;
  return SERVICES.every((service) => service in databases);
}
