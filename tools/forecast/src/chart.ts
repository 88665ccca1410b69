/** Charts as SVG: the same figures give the same bytes. */
export interface Chart {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

export interface FanDay {
  readonly day: string;
  /** Ascending, in fen, the median in the middle. */
  readonly quantiles: readonly number[];
}

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const SIZE = { width: 900, height: 380 };
const PLOT = { left: 110, right: 880, top: 40, bottom: 340 };
const COLOURS = ['#1f5fa8', '#b5451b', '#3b7d3b', '#7a4b9a', '#8a6d1a', '#31838a'];
const TICKS = 5;

/** A fan: one band for each pair of quantiles, the median, and what came as points. */
export function fanChart(name: string, days: readonly FanDay[], came: readonly number[]): Chart {
  const inYuan = days.map(({ quantiles }) => quantiles.map((fen) => fen / 100));
  const actual = came.map((fen) => fen / 100);
  const y = scaleOf([...inYuan.flat(), ...actual], PLOT.bottom, PLOT.top);
  const x = (d: number): number =>
    PLOT.left + ((PLOT.right - PLOT.left) * d) / Math.max(1, days.length - 1);
  const line = (level: number): string[] =>
    inYuan.map((quantiles, d) => point(x(d), y.at(quantiles[level] ?? 0)));
  const width = inYuan[0]?.length ?? 0;
  const bands = Array.from({ length: Math.floor(width / 2) }, (_, level) => {
    const around = [...line(level), ...line(width - 1 - level).reverse()].join(' ');
    return `<polygon points="${around}" fill="${COLOURS[0] ?? ''}" fill-opacity="0.22"/>`;
  });
  const median = polyline(line(Math.floor(width / 2)), COLOURS[0] ?? '');
  const dots = actual.map((value, d) => {
    const [cx, cy] = [x(d).toFixed(1), y.at(value).toFixed(1)];
    return `<circle cx="${cx}" cy="${cy}" r="3" fill="${COLOURS[1] ?? ''}"/>`;
  });
  const every = Math.max(1, Math.ceil(days.length / 8));
  const labels = days.flatMap(({ day }, d) => (d % every === 0 ? [below(x(d), day)] : []));
  const marked = came.length > 0 ? ', points: what came 实际' : '';
  return panel(`${name}: median and bands 中位数与区间${marked}`, [
    ...axis(y),
    ...labels,
    ...bands,
    median,
    ...dots,
  ]);
}

/** Lines over a common axis, with a dashed line to compare them with. */
export function lineChart(
  title: string,
  lines: readonly Line[],
  ideal: readonly (readonly [number, number])[] = [],
): Chart {
  const points = [...lines.flatMap((line) => line.points), ...ideal];
  const x = scaleOf(
    points.map(([at]) => at),
    PLOT.left,
    PLOT.right,
  );
  const y = scaleOf(
    points.map(([, at]) => at),
    PLOT.bottom,
    PLOT.top,
  );
  const drawn = (each: Line['points']): string[] => each.map(([a, b]) => point(x.at(a), y.at(b)));
  const dashed =
    ideal.length === 0 ? [] : [polyline(drawn(ideal), '#888888', ' stroke-dasharray="5 4"')];
  const shown = lines.flatMap((line, at) => {
    const colour = COLOURS[at % COLOURS.length] ?? '';
    const place = PLOT.top + 16 + at * 16;
    return [
      polyline(drawn(line.points), colour),
      `<text x="${PLOT.left + 10}" y="${place}" fill="${colour}">${escaped(line.name)}</text>`,
    ];
  });
  return panel(title, [
    ...axis(y),
    ...x.ticks.map((tick) => below(x.at(tick), figure(tick))),
    ...dashed,
    ...shown,
  ]);
}

/** Charts under one another. */
export function stacked(charts: readonly Chart[]): Chart {
  const width = Math.max(0, ...charts.map((chart) => chart.width));
  let height = 0;
  const parts = charts.map((chart) => {
    const part = `<g transform="translate(0 ${height})">\n${chart.svg}\n</g>`;
    height += chart.height;
    return part;
  });
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ' font-family="sans-serif" font-size="12">',
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
  return { svg, width, height };
}

const panel = (title: string, parts: readonly string[]): Chart => ({
  ...SIZE,
  svg: [`<text x="${PLOT.left}" y="24" font-size="14">${escaped(title)}</text>`, ...parts].join(
    '\n',
  ),
});

interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** From the least to the most of the values, with round ticks. */
function scaleOf(values: readonly number[], from: number, to: number): Scale {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const rough = (most - least || Math.abs(most) || 1) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((n) => n * power >= rough) ?? 10) * power;
  const low = Math.floor(least / step) * step;
  const high = Math.max(low + step, Math.ceil(most / step) * step);
  return {
    at: (value) => from + ((to - from) * (value - low)) / (high - low),
    ticks: Array.from({ length: Math.round((high - low) / step) + 1 }, (_, n) => low + n * step),
  };
}

function axis(y: Scale): string[] {
  const inMillions = y.ticks.some((tick) => Math.abs(tick) >= 10_000_000);
  const label = (tick: number): string =>
    inMillions && tick !== 0 ? `${figure(tick / 1_000_000)} M` : figure(tick);
  return y.ticks.flatMap((tick) => {
    const at = y.at(tick).toFixed(1);
    return [
      `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${at}" y2="${at}" stroke="#dddddd"/>`,
      `<text x="${PLOT.left - 8}" y="${at}" dy="4" text-anchor="end">${label(tick)}</text>`,
    ];
  });
}

const below = (x: number, label: string): string =>
  `<text x="${x.toFixed(1)}" y="${PLOT.bottom + 20}" text-anchor="middle">${escaped(label)}</text>`;

const figure = (value: number): string =>
  Number(value.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 3 });

const point = (x: number, y: number): string => `${x.toFixed(1)},${y.toFixed(1)}`;

const polyline = (points: readonly string[], colour: string, more = ''): string =>
  `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"${more}/>`;

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
