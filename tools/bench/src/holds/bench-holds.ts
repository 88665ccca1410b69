import { cpus } from 'node:os';
import pg from 'pg';
import { quantilesOf, round, type Quantiles } from '../quantiles.js';
import { bareCaller, prepareBare } from './bare-hold.js';
import { type Caller, emptyGrpcCaller, grpcCaller, restCaller } from './doors.js';
import { type QuotaProcess, startQuota } from './quota-process.js';

const CLIENTS = [1, 8, 32];
const SECONDS = 6;
const WARM_UP_SECONDS = 3;

const say = (line: string) => process.stderr.write(`${line}\n`);

/** How many a second, and how long each took. */
type Rate = Quantiles & { readonly perSecond: number };

/**
 * Holds through REST and gRPC, beside the bare SQL statement that has the same effect and an empty gRPC call, with the same
 * clients in the same run. The clients run on the machine's own cores, so that the rates are of both together.
 */
export async function benchHolds(): Promise<object> {
  say('Starting PostgreSQL, Kafka, the OpenID provider and quota');
  const quota = await startQuota(Math.max(...CLIENTS));
  try {
    await prepareBare(quota.databaseUrl, quota.lines);
    const kinds = {
      rest: () => Promise.resolve(restCaller(quota)),
      grpc: () => Promise.resolve(grpcCaller(quota)),
      bareSql: () => bareCaller(quota.databaseUrl),
      emptyGrpc: () => Promise.resolve(emptyGrpcCaller(quota)),
    };
    say('Warming up');
    for (const open of Object.values(kinds)) await measure(open, quota, 8, WARM_UP_SECONDS);

    const rates = [];
    for (const clients of CLIENTS) rates.push(await atOnce(kinds, quota, clients));
    const oneLine = await measure(kinds.grpc, { ...quota, lines: quota.lines.slice(0, 1) }, 32);
    say(`32 clients on one line: ${told(oneLine)}`);
    return {
      bench: 'holds',
      secondsEach: SECONDS,
      clients: rates,
      oneLine32Clients: oneLine,
      memory: quota.memory(),
      booksBalance: await booksBalance(quota),
      machine: { cores: cpus().length, node: process.version },
    };
  } finally {
    await quota.stop();
  }
}

type Kinds = Readonly<Record<'rest' | 'grpc' | 'bareSql' | 'emptyGrpc', () => Promise<Caller>>>;

async function atOnce(kinds: Kinds, quota: QuotaProcess, clients: number) {
  const rest = await measure(kinds.rest, quota, clients);
  const grpc = await measure(kinds.grpc, quota, clients);
  const bareSql = await measure(kinds.bareSql, quota, clients);
  const emptyGrpc = await measure(kinds.emptyGrpc, quota, clients);
  say(`${clients} at once: REST ${told(rest)}, gRPC ${told(grpc)}`);
  say(`  bare SQL ${told(bareSql)}, empty gRPC ${told(emptyGrpc)}`);
  const bareMs = 1 / bareSql.perSecond + 1 / emptyGrpc.perSecond;
  return {
    clients,
    rest,
    grpc,
    bareSql,
    emptyGrpc,
    ratios: {
      restToBareSql: round(rest.perSecond / bareSql.perSecond, 3),
      grpcToBareSql: round(grpc.perSecond / bareSql.perSecond, 3),
      grpcToBareSqlAndEmptyGrpc: round(grpc.perSecond * bareMs, 3),
    },
  };
}

function told({ perSecond, p50Ms, p99Ms }: Rate): string {
  return `${perSecond}/s (p50 ${p50Ms} ms, p99 ${p99Ms} ms)`;
}

/** Each client asks again as soon as it was answered, on a line of its own as far as there are lines. */
async function measure(
  open: () => Promise<Caller>,
  { lines }: Pick<QuotaProcess, 'lines'>,
  clients: number,
  seconds = SECONDS,
): Promise<Rate> {
  const callers = await Promise.all(Array.from({ length: clients }, open));
  const tookMs: number[] = [];
  const began = performance.now();
  const ends = began + seconds * 1000;
  await Promise.all(
    callers.map(async (caller, at) => {
      const bgtId = lines[at % lines.length] ?? '';
      for (let from = performance.now(); from < ends;) {
        await caller.call(bgtId);
        const now = performance.now();
        tookMs.push(now - from);
        from = now;
      }
    }),
  );
  const tookSeconds = (performance.now() - began) / 1000;
  for (const caller of callers) caller.close();
  return { perSecond: Math.round(tookMs.length / tookSeconds), ...quantilesOf(tookMs) };
}

/** What the lines hold is what was answered yes, to the fen. */
async function booksBalance({ databaseUrl }: QuotaProcess): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ balances: boolean }>(
    `select (select sum(held) from quota_line) = (select sum(amount) from hold)
        and (select sum(held) from quota_line) =
            (select sum(amount) from line_movement where kind = 'held') as balances`,
  );
  await client.end();
  return rows[0]?.balances ?? false;
}
