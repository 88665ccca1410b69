import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from './command-line.js';
import { tryMalformed } from './trial/malformed.js';

const folder = mkdtempSync(join(tmpdir(), 'guoku-forecast-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ten weeks of weekdays, and what the command line says of them. */
const days = Array.from({ length: 70 }, (_, d) =>
  new Date(Date.UTC(2024, 0, 1 + d)).toISOString().slice(0, 10),
).filter((day) => new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0);
const flows = [
  'date,series,amount',
  ...days.flatMap((day, d) => [
    `${day},receipts,${100 + (d % 7)}.50`,
    `${day},outlays,${90 + (d % 5)}`,
  ]),
  '',
].join('\n');

async function run(content: string, ...args: string[]) {
  const file = join(folder, 'flows.csv');
  writeFileSync(file, content);
  const said = { out: '', err: '' };
  const console = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
  };
  const named = args.map((arg) => (arg === 'FILE' ? file : arg));
  const status = await runCommandLine([...named, '--paths', '50'], console);
  return { status, ...said };
}
const usual = ['FILE', '--calendar', 'weekdays', '--horizon', '10'];

test('the table has a row for each day and series, windows and balance, and the same bytes twice', async () => {
  const asked = [
    ...usual,
    '--windows',
    '5,10',
    '--opening',
    '8000000.00',
    '--quantiles',
    '0.1,0.5',
  ];
  const first = await run(flows, ...asked);
  expect(first.status).toBe(0);
  const [head, ...rows] = first.out.trimEnd().split('\n');
  expect(head).toBe('date,series,mean,q0.1,q0.5');
  const of = (name: string) => rows.filter((row) => row.split(',')[1] === name);
  for (const name of ['receipts', 'outlays', 'net', 'balance']) expect(of(name)).toHaveLength(10);
  const added = ['receipts', 'outlays', 'net'].flatMap((name) => [`${name}:sum5`, `${name}:sum10`]);
  for (const name of [...added, 'net:min5', 'net:min10', 'balance:min5', 'balance:min10']) {
    expect(of(name)).toHaveLength(1);
  }
  expect(rows).toHaveLength(50);
  expect(of('receipts:sum5')[0]?.split(',')[0]).toBe(of('receipts')[4]?.split(',')[0]);
  expect((await run(flows, ...asked)).out).toBe(first.out);
});

test('rows after the origin change no byte', async () => {
  const asked = [...usual, '--origin', '2024-02-16'];
  const cut = flows
    .split('\n')
    .filter((row) => row.slice(0, 10) <= '2024-02-16' || row.startsWith('date'));
  const doctored = flows.replaceAll(/^(2024-03.*),.*$/gm, '$1,999999.99');
  const answers = [flows, `${cut.join('\n')}\n`, doctored];
  const told = await Promise.all(answers.map((each) => run(each, ...asked)));
  expect(told.map(({ out }) => out)).toEqual(answers.map(() => told[0]?.out));
});

test('an opening of billions is kept to the fen', async () => {
  const zero = 'date,series,amount\n2024-01-02,receipts,0\n2024-01-03,receipts,0.00\n';
  const { out } = await run(zero, ...usual, '--opening', '70368744177.91');
  expect(out).toContain('2024-01-04,balance,70368744177.91,70368744177.91');
});

test('known flows are taken out of the history before the origin and added after it', async () => {
  const giant = flows.replace('2024-02-01,outlays,', '2024-02-01,outlays,9000');
  const known = join(folder, 'known.csv');
  const [, row = ''] = /(2024-02-01,outlays,.*)/.exec(giant) ?? [];
  const rest = row.replace(',9000', ',');
  writeFileSync(
    known,
    `date,series,amount\n2024-02-01,outlays,${Number(row.split(',')[2]) - Number(rest.split(',')[2])}\n2024-03-14,outlays,5000.25\n`,
  );
  const without = (await run(flows, ...usual)).out.split('\n');
  const withKnown = (await run(giant, ...usual, '--known', known)).out.split('\n');
  const changed = withKnown.filter((line, at) => line !== without[at]);
  expect(changed.map((line) => line.split(',').slice(0, 2).join())).toEqual([
    '2024-03-14,outlays',
    '2024-03-14,net',
  ]);
});

test('what is asked wrongly is refused with all that is wrong and status 2', async () => {
  const { status, out, err } = await run(
    flows,
    'FILE',
    '--horizon',
    '0',
    '--opening',
    '1e6',
    '--windows',
    '5',
  );
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err.split('\n')).toHaveLength(4);
  expect((await run(flows, 'FILE', '--nonsense')).status).toBe(2);
  expect((await run(flows, join(folder, 'nowhere.csv'))).err).toContain('cannot be read (ENOENT)');
});

test('bad rows are refused as a whole, each with its line', async () => {
  const bad = flows
    .replace('2024-01-02,outlays,91', '2024-01-02,outlays,9l')
    .replace(',receipts,102.50', ',,102.50');
  const { status, out, err } = await run(`${bad}2024-01-05,receipts,1\n`, ...usual);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err.match(/line \d+: .*/g)).toEqual([
    'line 5: "9l" is no amount: at most 13 digits, a point and two decimals',
    'line 6: "" is no name of a series',
    `line ${2 * days.length + 2}: receipts has an amount for 2024-01-05 in line 10`,
  ]);
});

test.each(['zh', 'en'])(
  'the summary in %s shows the fan, the first short day and the sums',
  async (language) => {
    const asked = [...usual, '--summary', '--lang', language, '--opening', '50.00'];
    const { status, out } = await run(flows.replaceAll('outlays,9', 'outlays,19'), ...asked);
    expect(status).toBe(0);
    expect(out).toContain(language === 'zh' ? '最早可能不足的日期' : 'First day short');
    expect(out).toContain('2024-03-11 ');
    expect(out).toContain('█');
  },
);

test('backtest prints our figures beside the naive and seasonal naive ones', async () => {
  const asked = ['backtest', ...usual, '--from', '2024-02-01', '--to', '2024-02-20'];
  const { status, out } = await run(flows, ...asked);
  expect(status).toBe(0);
  for (const series of ['receipts', 'outlays', 'net']) {
    for (const model of ['guoku', 'naive', 'seasonal naive']) {
      expect(out).toMatch(new RegExp(`^${series} +${model} `, 'm'));
    }
  }
  expect(out).toMatch(/^receipts +sum +\S+ %$/m);
  expect(out).toMatch(/^series +errors +timing +amount +missing +unplanned +all$/m);
});

test.each(['svg', 'png'])('the fan is drawn as %s', async (kind) => {
  const file = join(folder, `fan.${kind}`);
  expect((await run(flows, ...usual, '--plot', file)).status).toBe(0);
  const start = readFileSync(file).subarray(0, 4).toString('latin1');
  expect(start).toBe(kind === 'svg' ? '<svg' : '\u0089PNG');
});

test('monthly figures go on without a calendar', async () => {
  const months = Array.from({ length: 40 }, (_, m) => {
    const label = `${2020 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}`;
    return `${label},receipts,${100 + (m % 12) * 10}`;
  });
  const asked = ['FILE', '--frequency', 'monthly', '--horizon', '3'];
  const { status, out } = await run(`date,series,amount\n${months.join('\n')}\n`, ...asked);
  expect(status).toBe(0);
  expect(out.match(/^\d{4}-\d\d/gm)).toEqual(['2023-05', '2023-06', '2023-07']);
});

test.each([
  ['weekly', 7 * 24, 52, 200],
  ['hourly', 1, 24, 240],
])(
  'generated %s figures are forecast better than by the seasonal naive',
  async (frequency, hours, season, count) => {
    const rows = Array.from({ length: count }, (_, n) => {
      const at = new Date(Date.UTC(2020, 0, 6) + n * hours * 3_600_000).toISOString();
      const label = frequency === 'hourly' ? `${at.slice(0, 13)}:00` : at.slice(0, 10);
      const noise = ((n * 7919) % 101) - 50;
      return `${label},receipts,${Math.round(1000 + 400 * Math.sin((2 * Math.PI * n) / season) + n + noise)}`;
    });
    const [from = '', to = ''] = [rows.at(-16), rows.at(-7)].map((row) => row?.split(',')[0]);
    const asked = ['FILE', '--frequency', frequency, '--horizon', '6', '--from', from, '--to', to];
    const { status, out } = await run(
      `date,series,amount\n${rows.join('\n')}\n`,
      'backtest',
      ...asked,
    );
    expect(status).toBe(0);
    const pinball = (model: string) =>
      Number(
        new RegExp(`^receipts +${model} +([\\d,]+) `, 'm').exec(out)?.[1]?.replaceAll(',', ''),
      );
    expect(pinball('guoku')).toBeLessThan(pinball('seasonal naive'));
  },
);

test('files that are malformed in three hundred ways are refused with lines, or are sound after all', async () => {
  const before = process.memoryUsage.rss();
  const { refused, taken, failures } = await tryMalformed(300, 1);
  expect(failures).toEqual([]);
  expect(refused + taken).toBe(300);
  expect(refused).toBeGreaterThan(150);
  expect(process.memoryUsage.rss() - before).toBeLessThan(400 * 2 ** 20);
});
