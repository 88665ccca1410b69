import { parseArgs } from 'node:util';
import { calmKafkajsTimers } from '@guoku/messaging';
import { hideNegativeTimeouts } from '@guoku/tool-launcher';
import { proveKills, type Proven } from './prove-kills.js';
import { VICTIMS } from './standing-system.js';

const HELP = `npm run prove:kills [-- options]

Plays the sample month undisturbed, then again and again with SIGKILLs of services, broker and database at random points
of its progress, and compares the books byte by byte. Exit status 1 where a month did not keep its word.
在样例月份的随机时刻强行终止服务、消息代理与数据库，账簿须与未受干扰时逐字节相同。

  --seed N        which victims, when (by default a new one, printed)
  --each N        kills of each of the six victims (10)
  --per-month N   kills in one month (10)
  --until DAY     play only the days up to this one
  --month N       only this month of the plan
  --ports N       the first of twenty ports`;

// Whatever starts a broker here uses kafkajs as well.
calmKafkajsTimers();
hideNegativeTimeouts();

const number = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    seed: number,
    each: number,
    'per-month': number,
    until: number,
    month: number,
    ports: number,
  },
});
const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

async function main(): Promise<number> {
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const ports = numberOf(values.ports);
  const month = numberOf(values.month);
  const proven = await proveKills({
    seed: numberOf(values.seed) ?? Date.now() % 100_000,
    each: numberOf(values.each) ?? 10,
    perMonth: numberOf(values['per-month']) ?? 10,
    ...(values.until === undefined ? {} : { until: values.until }),
    ...(ports === undefined ? {} : { ports }),
    ...(month === undefined ? {} : { month }),
    say: (line) => console.error(line),
  });
  console.error(tableOf(proven));
  console.log(JSON.stringify(figuresOf(proven)));
  return proven.complaints.length === 0 ? 0 : 1;
}

function tableOf({ deaths }: Proven): string {
  const rows = VICTIMS.map((victim) => {
    const own = deaths.filter((death) => death.victim === victim);
    const backMs = own.map(({ backAfterMs, pauseMs }) => backAfterMs - pauseMs);
    const slowest = backMs.length === 0 ? '' : (Math.max(...backMs) / 1000).toFixed(1);
    return `${victim.padEnd(12)} ${String(own.length).padStart(5)} ${slowest.padStart(22)}`;
  });
  return ['victim       kills  slowest start, seconds', ...rows].join('\n');
}

function figuresOf({ deaths, monthsMs, undisturbedMs, ...rest }: Proven) {
  const seconds = (ms: number) => Number((ms / 1000).toFixed(1));
  return {
    prove: 'kills',
    ...rest,
    kills: deaths.length,
    killsOf: Object.fromEntries(
      VICTIMS.map((name) => [name, deaths.filter(({ victim }) => victim === name).length]),
    ),
    undisturbedSeconds: seconds(undisturbedMs),
    monthsSeconds: monthsMs.map(seconds),
  };
}

process.exitCode = await main();
