import { fit, forecast } from './fit.js';
import type { Direction, Flow, KnownFlow, WorkingCalendar } from './history.js';
import {
  combine,
  cumulate,
  netOf,
  summarise,
  type DayQuantiles,
  type Forecast,
  type SeriesPaths,
} from './paths.js';
import { planningInflow } from './planning-inflow.js';
import { shortfall, type Shortfall } from './shortfall.js';

/** A pool of cash; its opening, like all its figures, contains those of the pools below it. Amounts in fen. */
export interface CashPool {
  readonly poolCode: string;
  readonly parent?: string;
  readonly opening: number;
  readonly floor: number;
}

export interface PoolSeries {
  readonly poolCode: string;
  readonly series: string;
  readonly direction: Direction;
  readonly flows: readonly Flow[];
}

export interface CommittedOutflow extends Flow {
  readonly poolCode: string;
  readonly source: string;
}

export interface OutlookInput {
  /** Last day whose flows are known. */
  readonly origin: string;
  readonly horizonDays: number;
  /** Quantile of the cumulated inflow that planning counts on, such as 0.1. */
  readonly quantile: number;
  readonly seed: number;
  /** The chance of falling under the floor from which a day is named. */
  readonly alarm: number;
  readonly calendar: WorkingCalendar;
  readonly pools: readonly CashPool[];
  readonly series: readonly PoolSeries[];
  /** Outflows that are no request and cannot be put off. */
  readonly committed: readonly CommittedOutflow[];
}

export interface PoolOutlook {
  readonly poolCode: string;
  readonly opening: number;
  /** One for each day, what planning counts on. */
  readonly inflow: readonly number[];
  readonly committed: readonly number[];
  readonly shortfall: Shortfall;
  /** `inflow`, `outflow`, `net`, `balance`, in this order. */
  readonly quantiles: readonly {
    readonly series: string;
    readonly days: readonly DayQuantiles[];
  }[];
}

export interface Outlook {
  readonly model: string;
  readonly days: readonly string[];
  readonly notes: readonly string[];
  readonly pools: readonly PoolOutlook[];
}

const COMMITTED = 'committed outflow';

/** A series bears the name of its pool in front; no code has a blank in it. */
const poolOf = (name: string) => name.slice(0, name.indexOf(' '));

/**
 * What cash every pool of a division will have, day by day, from joint paths of all its series; and what planning may
 * count on. Committed outflows are known flows: they are added to the forecast, and taken out of nothing, for they lie
 * ahead. One that is due on a closed day leaves on the working day before it.
 */
export function poolOutlook(input: OutlookInput): Outlook {
  const { origin, horizonDays, seed } = input;
  const history = {
    origin,
    series: input.series.map(({ poolCode, series, direction, flows }) => ({
      name: `${poolCode} ${series}`,
      direction,
      flows,
    })),
  };
  const known = input.committed.map(({ poolCode, day, amount, source }): KnownFlow => ({
    series: `${poolCode} ${COMMITTED}`,
    direction: 'outflow',
    day,
    amount,
    source,
  }));
  const model = fit(history, input.calendar);
  const ahead = forecast(model, { horizon: horizonDays, seed, known });
  const settled = known.map((flow) => ({ ...flow, day: model.timeline.settled(flow) }));
  return {
    model: model.simulator.name,
    days: ahead.days,
    notes: ahead.notes,
    pools: input.pools.map((pool) => outlookOf(pool, ahead, settled, input)),
  };
}

function outlookOf(
  pool: CashPool,
  ahead: Forecast,
  settled: readonly KnownFlow[],
  input: OutlookInput,
): PoolOutlook {
  const inside = familyOf(pool.poolCode, input.pools);
  const belongs = ({ name }: SeriesPaths) => inside.has(poolOf(name));
  const committed = settled.filter(({ series }) => inside.has(poolOf(series)));
  const of = (direction: Direction) =>
    combine(ahead, direction, (each) => (belongs(each) && each.direction === direction ? 1 : 0));
  const own: Forecast = { ...ahead, series: ahead.series.filter(belongs) };
  const inflow = of('inflow');
  const net = netOf(own);
  const balance = cumulate(net, 'balance', pool.opening);
  return {
    poolCode: pool.poolCode,
    opening: pool.opening,
    inflow: planningInflow(inflow, input.quantile),
    committed: ahead.days.map((day) =>
      committed.reduce((sum, each) => (each.day === day ? sum + each.amount : sum), 0),
    ),
    shortfall: shortfall(balance, pool.floor, input.alarm),
    quantiles: [inflow, of('outflow'), net, balance].map((paths) => ({
      series: paths.name,
      days: summarise(paths),
    })),
  };
}

/** The pool and all below it. */
function familyOf(poolCode: string, pools: readonly CashPool[]): Set<string> {
  const family = new Set([poolCode]);
  // A set grows while it is walked, so that the children of children are reached.
  for (const member of family)
    for (const pool of pools) if (pool.parent === member) family.add(pool.poolCode);
  return family;
}
