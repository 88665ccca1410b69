import { spawn } from 'node:child_process';

const seed = Number(process.env['SEED'] ?? Date.now() % 100_000);
const ARGS = ['--each', '1', '--per-month', '6', '--until', '2011-08-04', '--seed', String(seed)];

interface Figures {
  readonly complaints: string[];
  readonly killsOf: Record<string, number>;
}

/** `npm run prove:kills` as a user types it. */
async function proveKills(): Promise<{ figures: Figures; said: string }> {
  const child = spawn('npm', ['run', '-s', 'prove:kills', '--', ...ARGS], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [printed, said] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  await new Promise((resolve) => child.once('close', resolve));
  const last = printed.trim().split('\n').at(-1) ?? '';
  if (!last.startsWith('{')) throw new Error(`prove:kills printed no figures: ${said}`);
  return { figures: JSON.parse(last) as Figures, said };
}

test(`each service, the broker and the database killed once in four days of August, seed ${seed}: the books are those of an undisturbed run`, async () => {
  const { figures, said } = await proveKills();
  if (figures.complaints.length > 0) throw new Error(said);
  expect(figures.killsOf).toEqual({
    quota: 1,
    revenue: 1,
    forecast: 1,
    payment: 1,
    Kafka: 1,
    PostgreSQL: 1,
  });
}, 420_000);
