import type { Outlook } from '@guoku/domain-forecast';
import { Money } from '@guoku/money';
import type { ForecastDto, PoolPlanningDto } from './forecast.dto.js';
import type { AccountBalance, PlannedPool, PoolRow, Snapshot } from './snapshot.row.js';

/** The balance of each pool: the closings of its own accounts and of all pools below it. */
export function openingsOf(
  pools: readonly PoolRow[],
  balances: readonly AccountBalance[],
): Map<string, Money> {
  const parentOf = new Map(pools.map(({ poolCode, parent }) => [poolCode, parent]));
  const openings = new Map(pools.map(({ poolCode }) => [poolCode, Money.of('0.00')]));
  for (const { poolCode, closing } of balances) {
    const amount = Money.of(closing ?? '0.00');
    for (let pool: string | null = poolCode; pool !== null; pool = parentOf.get(pool) ?? null)
      openings.set(pool, (openings.get(pool) ?? Money.of('0.00')).plus(amount));
  }
  return openings;
}

/** The outlook of each pool as text amounts, its floor and its safety line the same on every day. */
export function plannedPools(outlook: Outlook, pools: readonly PoolRow[]): PlannedPool[] {
  const rowOf = new Map(pools.map((pool) => [pool.poolCode, pool]));
  return outlook.pools.map((pool) => ({
    poolCode: pool.poolCode,
    opening: text(pool.opening),
    inflow: pool.inflow.map(text),
    committed: pool.committed.map(text),
    floor: outlook.days.map(() => rowOf.get(pool.poolCode)?.floor ?? '0.00'),
    reserve: outlook.days.map(() => rowOf.get(pool.poolCode)?.reserve ?? '0.00'),
  }));
}

/** A forecast as its maker is answered. */
export function shownForecast(snapshot: Snapshot, outlook: Outlook): ForecastDto {
  const { id, origin, quantile, cutOff } = snapshot;
  const shortfalls = new Map(outlook.pools.map((pool) => [pool.poolCode, pool.shortfall]));
  const pools = snapshot.pools.map((pool) => shownPool(pool, shortfalls.get(pool.poolCode)));
  const { model, days, notes } = outlook;
  return { id, origin, model, quantile, cutOff, days: [...days], pools, notes: [...notes] };
}

/** The first short day, and the chance in whole per cent, rounded up: a small chance is not none. */
export function shownPool(
  pool: PlannedPool,
  shortfall: { readonly firstDay?: string | undefined; readonly probability: number } | undefined,
): PoolPlanningDto {
  return {
    poolCode: pool.poolCode,
    opening: pool.opening,
    inflow: [...pool.inflow],
    committed: [...pool.committed],
    floor: [...pool.floor],
    reserve: [...pool.reserve],
    firstShortDay: shortfall?.firstDay ?? null,
    shortPercent: Math.ceil((shortfall?.probability ?? 0) * 100),
  };
}

function text(fen: number): string {
  return Money.ofPlainFen(fen).toString();
}
