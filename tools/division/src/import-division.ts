import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Folder } from './division-folder.js';
import { importBodies, peopleOf } from './import-bodies.js';
import { ServiceClient, type Addresses, type ServiceName } from './service-client.js';

const SERVICES: readonly ServiceName[] = ['quota', 'revenue', 'forecast', 'payment'];

export interface ImportOptions {
  readonly addresses: Addresses;
  /** File of people of the embedded OpenID provider; left alone where the provider is another one. */
  readonly peopleFile?: string;
  readonly progress?: (line: string) => void;
  /** How long a service that is away is waited for; by default not at all. */
  readonly patienceMs?: number;
}

/**
 * Sets up a division in all four services: every service first checks its part without writing, then each applies it.
 * Repeating it changes nothing, so that an import that was cut off is finished by running it again.
 * @throws ServiceRefused where a service finds a fault; then no service was changed
 */
export async function importDivision(folder: Folder, options: ImportOptions): Promise<void> {
  const bodies = importBodies(folder);
  const people = peopleOf(folder);
  const administrator = people.find(({ duties }) => duties.includes('division.import'));
  if (!administrator) throw new Error('the folder was not checked: nobody may import');
  const before = options.peopleFile && (await mergePeople(options.peopleFile, people));
  const { addresses, patienceMs } = options;
  const { mofDivCode, sub } = administrator;
  const client = new ServiceClient(addresses, mofDivCode, sub, patienceMs);
  try {
    for (const service of SERVICES) {
      options.progress?.(`${service}: checking 检查`);
      await client.post(service, '/v1/division-imports', bodies[service], { dryRun: true });
    }
  } catch (error) {
    if (options.peopleFile && before !== undefined) await writeWhole(options.peopleFile, before);
    throw error;
  }
  for (const service of SERVICES) {
    options.progress?.(`${service}: importing 导入`);
    await client.post(service, '/v1/division-imports', bodies[service]);
  }
}

type Person = ReturnType<typeof peopleOf>[number];

/** Replaces the people of the division in the provider's file; answers the text it had before. */
async function mergePeople(file: string, people: readonly Person[]): Promise<string> {
  const before = await readFile(file, 'utf8').catch(() => '[]');
  const parsed: unknown = JSON.parse(before);
  const known: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
  const others = known.filter((each) => !isOf(people[0]?.mofDivCode, each));
  await writeWhole(file, `${JSON.stringify([...others, ...people], null, 2)}\n`);
  return before;
}

function isOf(mofDivCode: string | undefined, person: unknown): boolean {
  return Object(person) === person && Reflect.get(Object(person), 'mofDivCode') === mofDivCode;
}

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.tmp`, text, { mode: 0o600 });
  await rename(`${file}.tmp`, file);
}
