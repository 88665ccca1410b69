import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addressesOf, peopleFileOf, readFolder } from '@guoku/tool-division';
import { fanPlot } from '@guoku/tool-forecast';
import { comparable, readBooks } from './books.js';
import { carryOver } from './close-month.js';
import { listOf, member } from './json-member.js';
import { forecastMonth, type MonthForecast } from './month-forecast.js';
import { monthReport } from './month-report.js';
import { readMonthSample, type MonthSample } from './month-sample.js';
import { markdownOf } from './report-markdown.js';
import type { MonthReport } from './report.js';
import { runDay, type DayBooks } from './run-day.js';
import { setUp } from './set-up.js';
import { World } from './world.js';

const HELP = `npm run month [-- --sample samples/us-august-2011] [--until 2011-08-05] [--again]

Runs the sample month through the running services and reports it in .guoku/report. Every command has a fixed key, so a
run that was cut off goes on where it stopped; a finished month is shown again (--again reads the books anew).
--until ends with an earlier day; what is not paid by then is carried over.
在运行中的服务上执行样例月份并出具报告；中断后可接着运行。`;
const DIVISION = '990001000';
/** A server that was killed and whatever waits for it need half a minute on a busy machine. */
const PATIENCE_MS = 180_000;

/** Exit status: 0 all proofs hold, 1 one does not. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      sample: { type: 'string', default: 'samples/us-august-2011' },
      until: { type: 'string', default: '9999-12-31' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const home = process.env['GUOKU_HOME'] ?? '.guoku';
  const reports = join(home, 'report');
  const finished = await readFile(join(reports, 'august-2011.json'), 'utf8').catch(() => '');
  if (finished !== '' && !values.again) {
    console.log(await readFile(join(reports, 'august-2011.md'), 'utf8'));
    return allHold(JSON.parse(finished)) ? 0 : 1;
  }
  const report = await run(values.sample, values.until);
  await mkdir(reports, { recursive: true });
  await writeFile(join(reports, 'books.json'), report.books);
  await writeFile(join(reports, 'august-2011.md'), markdownOf(report.month));
  await writeFile(join(reports, 'august-2011.json'), `${JSON.stringify(report.month, null, 2)}\n`);
  const { balance, came } = report.forecast;
  for (const kind of ['svg', 'png']) await fanPlot(join(reports, `balance.${kind}`), balance, came);
  console.log(markdownOf(report.month));
  return allHold(report.month) ? 0 : 1;
}

async function run(
  sampleFolder: string,
  until: string,
): Promise<{ month: MonthReport; books: string; forecast: MonthForecast }> {
  const addresses = addressesOf(process.env);
  const began = Date.now();
  const world = new World(addresses, DIVISION, say(began), PATIENCE_MS);
  const sample = await readMonthSample(sampleFolder, until);
  await setUp(world, sample, {
    folder: sampleFolder,
    addresses,
    peopleFile: peopleFileOf(process.env),
    patienceMs: PATIENCE_MS,
  });
  const { folder } = await readFolder(join(sampleFolder, 'division'));
  const deskOf = new Map(
    folder.units.map(({ agencyCode, mofDepCode }) => [agencyCode, mofDepCode]),
  );
  const days: DayBooks[] = [];
  for (const day of sample.days) {
    const isLast = day === sample.days.at(-1);
    const before = days.at(-1)?.closing ?? sample.opening[0]?.closing ?? '0.00';
    const books = await runDay(world, sample, day, before, async () => {
      if (isLast) await carryOver(world, sample, deskOf);
    });
    days.push(books);
    world.say(
      `${day}: in 收入 ${books.receipts}, paid 支付 ${books.paid}, left 余额 ${books.closing}`,
    );
  }
  const forecast = forecastMonth(sample);
  return { ...(await settledBooks(world, sample, days, forecast)), forecast };
}

/** Read once all events have had their effect everywhere, or as they are when patience has run out. */
async function settledBooks(
  world: World,
  sample: MonthSample,
  days: readonly DayBooks[],
  forecast: MonthForecast,
) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const books = await readBooks(world, sample, days);
    const month = monthReport(sample, books, forecast);
    if (allHold(month) || Date.now() > deadline) return { month, books: comparable(books) };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function say(began: number): (line: string) => void {
  return (line) => {
    console.error(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  };
}

function allHold(month: unknown): boolean {
  return listOf(member(month, 'proofs')).every((proof) => member(proof, 'holds') === true);
}

process.exitCode = await main();
