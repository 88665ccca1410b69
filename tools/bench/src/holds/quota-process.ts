import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TOPICS, topicOfService } from '@guoku/contracts';
import { KafkaBroker } from '@guoku/messaging';
import {
  createDatabase,
  freePorts,
  personToken,
  spawnBound,
  startOidc,
} from '@guoku/tool-embedded';
import { SERVICE_OPTIONS } from '@guoku/tool-launcher';
import { startServers } from '../servers.js';

export const MOF_DIV_CODE = '990009000';
const DAY = '2026-03-09';
const READY_WITHIN_MS = 30_000;
const root = join(import.meta.dirname, '../../../..');
const main = join(root, 'apps/quota/dist/main.js');

/** The quota service as a process of its own, set up with lines that hold as much as anybody asks for. */
export interface QuotaProcess {
  readonly url: string;
  readonly grpcAddress: string;
  readonly token: string;
  readonly lines: readonly string[];
  /** Connection of the superuser to the service's database. */
  readonly databaseUrl: string;
  /** Memory that it has now, and the most it ever had. */
  memory(): { readonly residentMb: number; readonly residentMaxMb: number };
  stop(): Promise<void>;
}

/** @param lineCount how many lines */
export async function startQuota(lineCount: number): Promise<QuotaProcess> {
  const place = mkdtempSync(join(tmpdir(), 'guoku-bench-quota-'));
  const servers = await startServers({ max_connections: '120' });
  const [oidcPort = 0, http = 0, grpc = 0] = await freePorts(3);
  const people = join(place, 'people.json');
  writeFileSync(people, JSON.stringify(['clerk-1', 'chief-1'].map(personOf)));
  const oidc = await startOidc({ port: oidcPort, people, clientSecrets: {} });
  const environment = {
    ...(await database(servers.urlOf('postgres'))),
    KAFKA_BROKERS: servers.brokers,
    OIDC_ISSUER: oidc.issuer,
    HTTP_PORT: String(http),
    GRPC_PORT: String(grpc),
    DATA_KEY: randomBytes(32).toString('base64'),
    AUDIT_SIGNING_KEY: signingKey(),
    LOG_LEVEL: 'warn',
    PATH: process.env['PATH'],
  };
  const broker = new KafkaBroker({ brokers: servers.brokers });
  await broker.createTopics(TOPICS);
  const log = join(place, 'quota.log');
  const start = (...args: string[]) =>
    spawnBound(process.execPath, [...SERVICE_OPTIONS, main, ...args], {
      env: environment,
      output: log,
      cwd: root,
    });
  const migrated = await start('migrate').exited;
  if (migrated !== 'exit status 0') throw new Error(`quota does not migrate: ${tail(log)}`);
  const service = start();
  const url = `http://127.0.0.1:${http}`;
  await ready(url, () => service.running(), log);
  await openDay(broker);
  const [token, chief] = await Promise.all([
    personToken(oidc.issuer, 'clerk-1'),
    personToken(oidc.issuer, 'chief-1'),
  ]);
  const lines = await allot(url, token, chief, lineCount);
  return {
    url,
    grpcAddress: `127.0.0.1:${grpc}`,
    token,
    lines,
    databaseUrl: servers.urlOf('guoku_quota'),
    memory: () => memoryOf(service.pid),
    async stop() {
      await Promise.all([service.stop(), broker.close()]);
      await oidc.stop();
      await servers.stop();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

function personOf(sub: string) {
  const duties = [
    'division.import',
    'budget.enter',
    'budget.approve',
    'quota.freeze',
    'service.payment',
  ];
  const names = { nameZh: sub, nameEn: sub };
  return { sub, mofDivCode: MOF_DIV_CODE, agencyCode: null, mofDepCode: null, duties, ...names };
}

async function database(adminUrl: string) {
  const [owner, service] = ['quota_owner', 'quota_service'].map((name) => ({
    name,
    password: randomUUID(),
  }));
  if (!owner || !service) throw new Error('two roles have no names');
  await createDatabase(adminUrl, { database: 'guoku_quota', owner, service });
  const urlOf = ({ name, password }: { name: string; password: string }) => {
    const url = new URL(adminUrl);
    return Object.assign(url, { username: name, password, pathname: '/guoku_quota' }).href;
  };
  return { DATABASE_URL: urlOf(service), DATABASE_OWNER_URL: urlOf(owner) };
}

function signingKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64');
}

async function ready(url: string, running: () => boolean, log: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    if (answer?.ok) return;
    if (!running() || Date.now() > deadline) throw new Error(`quota is not ready: ${tail(log)}`);
    await sleep(50);
  }
}

/** As payment would: holds are made on an open business day. */
async function openDay(broker: KafkaBroker): Promise<void> {
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/guoku/payment',
    type: 'guoku.business-day.opened.v1',
    subject: DAY,
    time: `${DAY}T00:00:00Z`,
    datacontenttype: 'application/json',
    actor: 'clerk-1',
    mofdivcode: MOF_DIV_CODE,
    data: { day: DAY, month: DAY.slice(0, 7) },
  };
  const message = { key: `${MOF_DIV_CODE}/${DAY}`, value: JSON.stringify(event) };
  await broker.publish([{ topic: topicOfService('payment'), messages: [message] }]);
}

async function allot(
  url: string,
  clerk: string,
  chief: string,
  lineCount: number,
): Promise<readonly string[]> {
  const lines = Array.from({ length: lineCount }, () => randomUUID());
  const names = { nameZh: '测', nameEn: 'bench' };
  const division = {
    mofDivCode: MOF_DIV_CODE,
    ...names,
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    fiscalYearStart: '01-01',
    calendar: 'weekdays',
  };
  const codes = [
    ['exp_func', '2050202'],
    ['dep_eco', '30101'],
    ['fund_type', '111'],
  ].map(([table, code]) => ({ table, code, fiscalYear: 2026, ...names }));
  await post(url, clerk, '/v1/division-imports', {
    division,
    sections: [{ mofDepCode: '01', ...names }],
    units: [{ agencyCode: '101001', mofDepCode: '01', ...names }],
    projects: lines.map((_, at) => ({ proCode: `p-${at}`, agencyCode: '101001', ...names })),
    codes,
  });
  const id = randomUUID();
  const line = {
    agencyCode: '101001',
    expFuncCode: '2050202',
    depBgtEcoCode: '30101',
    fundTypeCode: '111',
    sbSign: 'none',
    isDir: false,
    amount: '1000000000.00',
  };
  await post(url, clerk, '/v1/budgets', {
    id,
    corBgtDocNo: 'bench',
    fiscalYear: 2026,
    lines: lines.map((bgtId, at) => ({ ...line, bgtId, proCode: `p-${at}` })),
  });
  await post(url, chief, `/v1/budgets/${id}/approve`, {});
  return lines;
}

async function post(url: string, token: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}

function memoryOf(pid: number) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { residentMb: mb('VmRSS'), residentMaxMb: mb('VmHWM') };
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-8).join('\n') : '';
}
