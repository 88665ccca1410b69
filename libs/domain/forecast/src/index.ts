export type {
  Direction,
  Flow,
  History,
  KnownFlow,
  SeriesHistory,
  WorkingCalendar,
} from './history.js';
export type { Model } from './model.js';
export { fit, forecast, type FitOptions, type ForecastOptions } from './fit.js';
export {
  across,
  combine,
  cumulate,
  lowestOfFirst,
  netOf,
  quantileOfSorted,
  summarise,
  sumOfFirst,
  sumsByGroup,
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
  originsOf,
  ours,
  peeks,
  recordOf,
  type BacktestPlan,
  type FlowRecord,
  type Forecaster,
} from './backtest.js';
export type { Coverage, SeriesScore } from './measures.js';
export { splitErrors, type ErrorParts } from './error-split.js';
export { frequencies, laterLabels, periodNumber, type Frequency } from './periods.js';
export { naive, seasonalNaive } from './yardsticks.js';
