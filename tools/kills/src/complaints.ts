import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, SERVICES } from '@guoku/tool-launcher';
import pg from 'pg';
import type { PlayedMonth } from './played-month.js';
import type { StandingSystem } from './standing-system.js';

/** What is on its way when the month ends has arrived within this time. */
const SETTLED_WITHIN_MS = 90_000;

/** What must find nothing once everything has arrived, besides each service's own consistency queries. */
const NOTHING_LEFT = {
  'events that are not published': 'select id, type from outbox where published_at is null',
  'parked events': 'select consumer, type, cause from parked_event where replayed_at is null',
};

/**
 * What is wrong with a month that was disturbed, in sentences; none where its books are those of the undisturbed one,
 * every proof and every consistency query holds, and no event is parked or left behind.
 */
export async function complaintsAbout(
  system: StandingSystem,
  month: PlayedMonth,
  undisturbedBooks: string | undefined,
): Promise<string[]> {
  if (month.books === '') return [`the month has no books (${month.how}):\n${month.lastWords}`];
  const own = month.how === 'exit status 0' ? [] : [`a proof fails:\n${proofsIn(month.lastWords)}`];
  if (undisturbedBooks !== undefined && month.books !== undisturbedBooks)
    own.push(`the books differ:\n${differenceOf(undisturbedBooks, month.books)}`);
  return [...own, ...(await complaintsOfDatabases(system))];
}

/** Asked again while something may still be on its way. */
async function complaintsOfDatabases(system: StandingSystem): Promise<string[]> {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const found = await Promise.all(SERVICES.map(({ name }) => findingsOf(system, name)));
    const all = found.flat();
    if (all.length === 0 || Date.now() > deadline) return all;
    await sleep(500);
  }
}

async function findingsOf(system: StandingSystem, service: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: system.databaseUrl(service) });
  await client.connect();
  try {
    const findings: string[] = [];
    for (const [what, sql] of [...Object.entries(NOTHING_LEFT), ...consistencyOf(service)]) {
      const { rows } = await client.query<object>(sql);
      if (rows.length === 0) continue;
      findings.push(
        `${service}: ${rows.length} ${what}, such as ${JSON.stringify(rows.slice(0, 2))}`,
      );
    }
    return findings;
  } finally {
    await client.end();
  }
}

function consistencyOf(service: string): [string, string][] {
  const folder = join(ROOT, 'apps', service, 'consistency');
  return readdirSync(folder).map((file) => [
    `rows of consistency/${file}`,
    readFileSync(join(folder, file), 'utf8'),
  ]);
}

/** The first lines that differ, beside each other. */
function differenceOf(expected: string, actual: string): string {
  const [wanted, found] = [expected.split('\n'), actual.split('\n')];
  const places = Array.from({ length: Math.max(wanted.length, found.length) }, (_, place) => place);
  const different = places.filter((place) => wanted[place] !== found[place]);
  const shown = different
    .slice(0, 12)
    .map(
      (place) =>
        `  ${place + 1}: - ${wanted[place] ?? ''}\n  ${place + 1}: + ${found[place] ?? ''}`,
    );
  return [`${different.length} lines`, ...shown].join('\n');
}

function proofsIn(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.startsWith('- ') && !line.startsWith('- holds'))
    .join('\n');
}
