import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { databasesOf, type Database } from './databases.js';
import { Refused } from './refused.js';
import { restore } from './restore.js';
import { save } from './save.js';

const HELP = `npm run -s backup -- FOLDER     saves the four databases, as they are at one moment, into a new folder
npm run -s restore -- FOLDER    puts them into four databases in which nothing has happened yet

The keys are not in it: keep keys.json (or DATA_KEY and AUDIT_SIGNING_KEY) in another safe place.
备份四个数据库到新文件夹；恢复到尚未使用的四个数据库。密钥不在备份之中，须另行妥善保管。`;

/** Exit status: 0 done, 1 refused, 2 bad arguments. */
async function main(args: readonly string[]): Promise<number> {
  const [verb, path] = args.filter((arg) => !arg.startsWith('--'));
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  if (path === undefined || (verb !== 'save' && verb !== 'restore')) {
    console.error(HELP);
    return 2;
  }
  const folder = resolve(path);
  const databases = await databasesOf(process.env, process.env['GUOKU_HOME'] ?? '.guoku');
  if (verb === 'save') console.log(`${await save(databases, folder)} rows saved 已备份: ${folder}`);
  else console.log(`${await restore(databases, { folder, migrate })} rows restored 已恢复`);
  return 0;
}

/** Each service makes its own schema, by its own program. */
async function migrate({ service, ownerUrl, serviceUrl }: Database): Promise<void> {
  const program = join(import.meta.dirname, '../../../apps', service, 'dist/main.js');
  const migration = spawn(process.execPath, [program, 'migrate'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: serviceUrl, DATABASE_OWNER_URL: ownerUrl },
  });
  const ended: readonly unknown[] = await once(migration, 'exit');
  if (ended[0] !== 0)
    throw new Refused(`${service}: 建表失败。The migration of ${service} failed.`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
