import { shortfall, summarise, sumsByGroup, type SeriesPaths } from '@guoku/domain-forecast';
import type { Arguments } from './arguments.js';
import { columns, percent, wholeYuan } from './show.js';
import { WORDS } from './words.js';

type Asked = Pick<Arguments, 'language' | 'floor' | 'opening' | 'frequency'>;

const CHART_WIDTH = 60;
const LEVELS = [0.025, 0.1, 0.5, 0.9, 0.975];
const ALARM = 0.05;

/** A forecast for people: the fan of the balance, when it first runs short, weeks and months. */
export function summaryOf(shown: readonly SeriesPaths[], asked: Asked): string {
  const word = (name: keyof typeof WORDS): string => WORDS[name][asked.language];
  const balance = shown.find(({ name }) => name === 'balance');
  const drawn = balance ?? shown.find(({ name }) => name === 'net') ?? shown[0];
  if (drawn === undefined) return '';
  const flows = shown.filter((paths) => paths !== balance);
  const isMonth = (label: string): string => label.slice(0, 7);
  const sums =
    asked.frequency === 'daily'
      ? [
          ...['', word('weeks'), ...sumLines(flows, mondayOf, word)],
          ...['', word('months'), ...sumLines(flows, isMonth, word)],
        ]
      : [];
  const title = balance === undefined ? `${word('net')}: ${drawn.name}` : word('balance');
  const chart = fanLines(drawn, balance === undefined ? 0 : asked.floor);
  const short = balance === undefined ? [] : ['', ...shortLines(balance, asked.floor, word)];
  return `${[title, word('bands'), ...chart, ...short, ...sums].join('\n')}\n`;
}

/** Days of one week share its Monday. */
function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}

function fanLines(paths: SeriesPaths, floor: number): string[] {
  const rows = summarise(paths, LEVELS);
  const ends = rows.flatMap(({ quantiles }) => quantiles);
  const lowest = Math.min(floor, ...ends);
  const highest = Math.max(floor, ...ends);
  const unit = (highest - lowest || 1) / (CHART_WIDTH - 1);
  const column = (fen: number): number => Math.round((fen - lowest) / unit);
  return rows.map(({ day, quantiles }) => {
    const [least = 0, low = 0, median = 0, high = 0, most = 0] = quantiles.map(column);
    const line = Array.from({ length: CHART_WIDTH }, (_, at) => {
      if (at === median) return '█';
      if (at === column(floor)) return '│';
      if (at >= low && at <= high) return '▒';
      return at >= least && at <= most ? '░' : ' ';
    });
    return `${day} ${line.join('')} ${wholeYuan(quantiles[2] ?? 0)}`;
  });
}

function shortLines(
  balance: SeriesPaths,
  floor: number,
  word: (name: keyof typeof WORDS) => string,
): string[] {
  const { firstDay, probability, days } = shortfall(balance, floor, ALARM);
  const chance = percent(days.find(({ day }) => day === firstDay)?.byThisDay ?? 0);
  const likeliest = days.reduce((best, day) =>
    day.firstOnThisDay > best.firstOnThisDay ? day : best,
  );
  const first = firstDay === undefined ? word('none') : `${firstDay}${word('byThen')}${chance}`;
  const lines = [`${word('never')}${percent(probability)}`, `${word('first')}${first}`];
  if (likeliest.firstOnThisDay === 0) return lines;
  return [...lines, `${word('likeliest')}${likeliest.day} (${percent(likeliest.firstOnThisDay)})`];
}

function sumLines(
  flows: readonly SeriesPaths[],
  groupOf: (day: string) => string,
  word: (name: keyof typeof WORDS) => string,
): string[] {
  const heads = (['until', 'series', 'median', 'low', 'high'] as const).map(word);
  const rows = flows.flatMap((paths) =>
    summarise(sumsByGroup(paths, groupOf), [0.5, 0.1, 0.9]).map(({ day, quantiles }) => [
      day,
      paths.name,
      ...quantiles.map(wholeYuan),
    ]),
  );
  return columns([heads, ...rows]);
}
