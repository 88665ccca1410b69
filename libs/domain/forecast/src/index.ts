export type {
  Direction,
  Flow,
  History,
  KnownFlow,
  SeriesHistory,
  WorkingCalendar,
} from './history.js';
export type { Model } from './model.js';
export { fit, forecast, type ForecastOptions } from './fit.js';
export {
  combine,
  cumulate,
  lowestOfFirst,
  netOf,
  summarise,
  sumOfFirst,
  sumsByMonth,
  usualQuantiles,
  type DayQuantiles,
  type Forecast,
  type SeriesPaths,
} from './paths.js';
export { planningInflow } from './planning-inflow.js';
export { shortfall, type Shortfall, type ShortDay } from './shortfall.js';
export {
  decideStatement,
  type Statement,
  type StatementDecision,
  type StatementRefusal,
} from './statement.js';
export {
  poolOutlook,
  type CashPool,
  type CommittedOutflow,
  type Outlook,
  type OutlookInput,
  type PoolOutlook,
  type PoolSeries,
} from './pool-outlook.js';
export {
  backtest,
  cutAt,
  ours,
  weeklyOrigins,
  type Coverage,
  type Forecaster,
  type SeriesScore,
} from './backtest.js';
