import { join } from 'node:path';
import { node24, spawnBound } from '@guoku/tool-embedded';
import { ROOT } from '@guoku/tool-launcher';

const seed = Number(process.env['SEED'] ?? Date.now() % 100_000);
const ARGS = ['--each', '1', '--per-month', '6', '--until', '2011-08-04', '--seed', String(seed)];

interface Figures {
  readonly complaints: string[];
  readonly killsOf: Record<string, number>;
}

/** What `npm run prove:kills` runs, bound to this process, so that nothing of it can outlive a test that is killed. */
async function proveKills(): Promise<{ figures: Figures; said: string }> {
  let said = '';
  const run = spawnBound(node24(), [join(ROOT, 'tools/launcher/run.mjs'), 'kills', ...ARGS], {
    output: (text) => (said += text),
  });
  await run.exited;
  const line = said.split('\n').find((one) => one.startsWith('{"prove"'));
  if (line === undefined) throw new Error(`prove:kills printed no figures:\n${said}`);
  return { figures: JSON.parse(line) as Figures, said };
}

test(`each service, the broker and the database killed once in four days of August, seed ${seed}: the books are those of an undisturbed run`, async () => {
  const { figures, said } = await proveKills();
  if (figures.complaints.length > 0) throw new Error(said);
  const once = { quota: 1, revenue: 1, forecast: 1, payment: 1, Kafka: 1, PostgreSQL: 1 };
  expect(figures.killsOf).toEqual(once);
}, 420_000);
