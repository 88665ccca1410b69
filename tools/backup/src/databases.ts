import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SERVICES, type ServiceName } from '@guoku/contracts';
import { Refused } from './refused.js';

export interface Database {
  readonly service: ServiceName;
  /** As the owner of the tables. */
  readonly ownerUrl: string;
  /** As the service; its role is given its rights when the schema is made. */
  readonly serviceUrl: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The four databases: those that the environment names (`DATABASE_OWNER_URL_QUOTA`, `DATABASE_URL_QUOTA`, …), else
 * those of the embedded profile, whose passwords are in `keys.json`.
 *
 * @param home data folder of the embedded profile
 */
export async function databasesOf(environment: Environment, home: string): Promise<Database[]> {
  const names = SERVICES.flatMap((service) => [
    variable('OWNER_URL', service),
    variable('URL', service),
  ]);
  const missing = names.filter((name) => !environment[name]);
  if (missing.length < names.length && missing.length > 0)
    throw new Refused(`缺少环境变量 missing: ${missing.join(', ')}`);
  if (missing.length === 0)
    return SERVICES.map((service) => ({
      service,
      ownerUrl: environment[variable('OWNER_URL', service)] ?? '',
      serviceUrl: environment[variable('URL', service)] ?? '',
    }));

  const passwords = await passwordsOf(home);
  const port = environment['GUOKU_POSTGRES_PORT'] ?? '15432';
  return SERVICES.map((service) => {
    const urlOf = (role: string) =>
      `postgresql://${role}:${encodeURIComponent(passwords.get(role) ?? '')}@127.0.0.1:${port}/guoku_${service}`;
    return {
      service,
      ownerUrl: urlOf(`${service}_owner`),
      serviceUrl: urlOf(`${service}_service`),
    };
  });
}

function variable(kind: 'URL' | 'OWNER_URL', service: ServiceName): string {
  return `DATABASE_${kind}_${service.toUpperCase()}`;
}

async function passwordsOf(home: string): Promise<ReadonlyMap<string, string>> {
  const file = join(home, 'keys.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new Refused(
      `找不到 ${file}：请在项目文件夹运行，或以环境变量指定数据库。` +
        `There is no ${file}: stand in the clone, or name the databases in the environment.`,
    );
  const keys: unknown = JSON.parse(text);
  const passwords: unknown = Reflect.get(Object(keys), 'passwords');
  if (typeof passwords !== 'object' || passwords === null)
    throw new Refused(`${file} 中没有密码。There are no passwords in ${file}.`);
  return new Map(Object.entries(passwords).map(([role, word]) => [role, String(word)]));
}
