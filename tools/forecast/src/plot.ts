import { writeFile } from 'node:fs/promises';
import { summarise, type SeriesPaths, type SeriesScore } from '@guoku/domain-forecast';
import { fanChart, lineChart, stacked, type Chart } from './chart.js';

const LEVELS = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

/**
 * The fan of one series as a picture.
 * @param came what then came, where that is known, in fen
 */
export async function fanPlot(
  file: string,
  paths: SeriesPaths,
  came: readonly number[] = [],
): Promise<void> {
  const days = summarise(paths, LEVELS).map(({ day, quantiles }) => ({ day, quantiles }));
  await writeChart(file, stacked([fanChart(paths.name, days, came)]));
}

/** Calibration and error by days ahead of every series. */
export async function scorePlot(file: string, scores: readonly SeriesScore[]): Promise<void> {
  const calibration = lineChart(
    'calibration: share of days at or under each quantile 校准',
    scores.map(({ series, calibration: points }) => ({
      name: series,
      points: points.map(({ level, below }) => [level, below] as const),
    })),
    [
      [0, 0],
      [1, 1],
    ],
  );
  const error = lineChart(
    'mean absolute error by days ahead 各提前天数的平均误差',
    scores.map(({ series, byHorizon }) => ({
      name: series,
      points: byHorizon.map((day, at) => [at + 1, day.error / 100] as const),
    })),
  );
  await writeChart(file, stacked([calibration, error]));
}

/** Writes an SVG, or the PNG that is drawn from it. */
async function writeChart(file: string, { svg, width }: Chart): Promise<void> {
  if (file.endsWith('.svg')) {
    await writeFile(file, svg);
    return;
  }
  const { Resvg } = await import('@resvg/resvg-js');
  // Letters are drawn with the fonts of this machine, which may have no Chinese ones; the SVG has both languages.
  const drawn = new Resvg(svg.replaceAll(/ ?\p{Script=Han}+/gu, ''), {
    background: 'white',
    fitTo: { mode: 'width', value: width * 2 },
    font: { defaultFontFamily: 'sans-serif' },
  });
  await writeFile(file, drawn.render().asPng());
}
