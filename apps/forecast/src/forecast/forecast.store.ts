import { isDay, type Day } from '@guoku/calendar';
import type { Outlook, PoolSeries } from '@guoku/domain-forecast';
import { Money } from '@guoku/money';
import { json, type Session } from '@guoku/persistence';
import type { AccountBalance, PoolRow, Snapshot } from './snapshot.row.js';

interface FlowRow {
  readonly poolCode: string;
  readonly series: string;
  readonly direction: 'inflow' | 'outflow';
  readonly day: string;
  readonly amount: string;
}

/** All that goes into a forecast from one origin. */
export interface Known {
  readonly origin: string;
  readonly pools: readonly PoolRow[];
  readonly balances: readonly AccountBalance[];
  readonly series: readonly PoolSeries[];
  /** When the latest of these flows was recorded; null where there is none. */
  readonly cutOff: string | null;
}

/** SQL of the forecasts of one division: what goes into one, and the record of it. */
export class ForecastStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  async known(origin: string): Promise<Known> {
    const pools = await this.pools();
    const balances = await this.balances(origin);
    return { origin, pools, balances, ...(await this.history(origin)) };
  }

  private pools(): Promise<PoolRow[]> {
    return this.session.rows<PoolRow>(
      `select pool_code as "poolCode", parent, floor, reserve from pool
       where mof_div_code = :mofDivCode order by pool_code`,
      { mofDivCode: this.mofDivCode },
    );
  }

  /** The day of the last statement, of the account where that is earliest; undefined where there is none at all. */
  async lastStatedDay(): Promise<Day | undefined> {
    const row = await this.session.one<{ day: string | null }>(
      `select min(latest) as day from (
         select max(s.date) as latest from account a
         left join statement s using (mof_div_code, account_code)
         where a.mof_div_code = :mofDivCode group by a.account_code) accounts`,
      { mofDivCode: this.mofDivCode },
    );
    const day = row?.day ?? undefined;
    return day !== undefined && isDay(day) ? day : undefined;
  }

  private balances(origin: string): Promise<AccountBalance[]> {
    return this.session.rows<AccountBalance>(
      `select a.account_code as "accountCode", a.pool_code as "poolCode", s.closing
       from account a
       left join statement s on s.mof_div_code = a.mof_div_code and s.account_code = a.account_code and s.date = :origin
       where a.mof_div_code = :mofDivCode order by a.account_code`,
      { mofDivCode: this.mofDivCode, origin },
    );
  }

  /** Every series up to the origin, flows of a day added up, and until when flows were recorded. */
  private async history(origin: string): Promise<{ series: PoolSeries[]; cutOff: string | null }> {
    const parameters = { mofDivCode: this.mofDivCode, origin };
    const rows = await this.session.rows<FlowRow>(
      `select pool_code as "poolCode", series, direction, day, sum(amount) as amount from flow_movement
       where mof_div_code = :mofDivCode and day <= :origin
       group by pool_code, series, direction, day order by pool_code, series, direction, day`,
      parameters,
    );
    const seen = await this.session.one<{ cutOff: string | null }>(
      `select max(recorded_at) as "cutOff" from flow_movement where mof_div_code = :mofDivCode and day <= :origin`,
      parameters,
    );
    const groups = Map.groupBy(rows, (row) => `${row.poolCode} ${row.series} ${row.direction}`);
    const series = [...groups.values()].flatMap((flows) => {
      const [first] = flows;
      if (first === undefined) return [];
      const { poolCode, direction } = first;
      return [{ poolCode, series: first.series, direction, flows: flows.map(inFen) }];
    });
    return { series, cutOff: seen?.cutOff ?? null };
  }

  /** @returns false where the id names another forecast: then nothing is written */
  async record(snapshot: Snapshot, outlook: Outlook): Promise<boolean> {
    const isNew = await this.recordSnapshot(snapshot, outlook);
    if (isNew) await this.recordDays(snapshot.id, outlook);
    return isNew;
  }

  private async recordSnapshot(snapshot: Snapshot, outlook: Outlook): Promise<boolean> {
    const { mofDivCode } = this;
    const planning = { days: outlook.days, pools: snapshot.pools };
    const inserted = await this.session.execute(
      `insert into snapshot (mof_div_code, id, origin, horizon_days, model, quantile, seed, planning, shortfall, notes,
                             cut_off, actor, recorded_at)
       values (:mofDivCode, :id, :origin, :horizonDays, :model, :quantile, :seed, :planning, :shortfall, :notes,
               :cutOff, :actor, :recordedAt)
       on conflict (mof_div_code, id) do nothing`,
      {
        mofDivCode,
        id: snapshot.id,
        origin: snapshot.origin,
        horizonDays: outlook.days.length,
        model: outlook.model,
        quantile: snapshot.quantile,
        seed: snapshot.seed,
        planning: json(planning),
        shortfall: json(
          Object.fromEntries(outlook.pools.map((pool) => [pool.poolCode, pool.shortfall])),
        ),
        notes: json(outlook.notes),
        cutOff: snapshot.cutOff,
        actor: snapshot.actor,
        recordedAt: snapshot.recordedAt,
      },
    );
    return inserted === 1;
  }

  private async recordDays(id: string, outlook: Outlook): Promise<void> {
    const days = outlook.pools.flatMap(({ poolCode, quantiles }) =>
      quantiles.flatMap(({ series, days: each }) =>
        each.map((day) => ({ poolCode, series, ...day })),
      ),
    );
    await this.session.execute(
      `insert into snapshot_day (mof_div_code, snapshot_id, pool_code, series, day, mean, quantiles)
       select :mofDivCode, :id::uuid, given.pool_code, given.series, given.day, given.mean, given.quantiles::numeric[]
       from unnest(:pools::text[], :series::text[], :days::date[], :means::numeric[], :quantiles::text[])
            as given (pool_code, series, day, mean, quantiles)`,
      {
        mofDivCode: this.mofDivCode,
        id,
        pools: days.map(({ poolCode }) => poolCode),
        series: days.map(({ series }) => series),
        days: days.map(({ day }) => day),
        means: days.map(({ mean }) => rounded(mean)),
        quantiles: days.map(({ quantiles }) => `{${quantiles.map(rounded).join(',')}}`),
      },
    );
  }
}

function inFen({ day, amount }: FlowRow) {
  return { day, amount: Money.of(amount).toPlainFen() };
}

/** Nearest fen; what is shown of a distribution needs no more. */
function rounded(fen: number): string {
  return Money.ofPlainFen(Math.round(fen)).toString();
}
