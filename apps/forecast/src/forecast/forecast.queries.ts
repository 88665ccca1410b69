import { Injectable } from '@nestjs/common';
import { Transactor, type Session } from '@guoku/persistence';
import { Pages, Refused, type Call, type Page } from '@guoku/service';
import { Money } from '@guoku/money';
import { refuse } from '../refusals.js';
import type {
  AccuracyDto,
  ForecastAccuracyDto,
  ForecastDayDto,
  ForecastDaysQuery,
  ForecastDto,
  ForecastQuery,
} from './forecast.dto.js';
import { shownPool } from './published-forecast.js';
import type { PlannedPool } from './snapshot.row.js';

interface SnapshotRow {
  readonly id: string;
  readonly origin: string;
  readonly model: string;
  readonly quantile: string;
  readonly cutOff: string;
  readonly planning: { readonly days: string[]; readonly pools: readonly PlannedPool[] };
  readonly shortfall: Readonly<Record<string, { firstDay?: string; probability: number }>>;
  readonly notes: string[];
}

const COLUMNS = `id, origin, model, quantile::numeric(3, 2) as quantile, cut_off as "cutOff", planning,
  shortfall, notes`;

// What moved in a pool and all below it, by day and direction.
const ACTUALS = `
  with recursive family as (
    select mof_div_code, pool_code as top, pool_code from pool where mof_div_code = :mofDivCode
    union all
    select p.mof_div_code, f.top, p.pool_code
    from pool p join family f on p.mof_div_code = f.mof_div_code and p.parent = f.pool_code
  ), stated as (
    select min(latest) as until from (
      select max(date) as latest from account a left join statement s using (mof_div_code, account_code)
      where a.mof_div_code = :mofDivCode group by a.account_code) accounts
  ), actual as (
    select f.top as pool_code, m.direction as series, m.day, sum(m.amount) as amount
    from family f join flow_movement m using (mof_div_code, pool_code) group by f.top, m.direction, m.day
  )`;

interface Judged {
  readonly series: string;
  readonly days: number;
  readonly within80: number;
  readonly within95: number;
  readonly meanAbsoluteError: string | null;
}

/** Reads for screens. */
@Injectable()
export class ForecastQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  /** Forecasts of the division, latest origin first. */
  async list({ caller }: Call, query: ForecastQuery): Promise<Page<ForecastDto>> {
    const { mofDivCode } = caller;
    const [origin = null, id = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.read((session) =>
      session.rows<SnapshotRow>(
        `select ${COLUMNS} from snapshot
         where mof_div_code = :mofDivCode
           and (:only::date is null or origin = :only)
           and (:origin::date is null or (origin, id) < (:origin::date, :id::uuid))
         order by origin desc, id desc limit :limit`,
        { mofDivCode, only: query.origin ?? null, origin, id, limit: this.pages.rowsToRead(query) },
      ),
    );
    return this.pages.page(rows, query, mofDivCode, (row) => [row.origin, row.id], shown);
  }

  /** @throws Refused not_found */
  async one({ caller }: Call, id: string): Promise<ForecastDto> {
    const row = await this.read((session) =>
      session.one<SnapshotRow>(
        `select ${COLUMNS} from snapshot where mof_div_code = :mofDivCode and id = :id`,
        { mofDivCode: caller.mofDivCode, id },
      ),
    );
    if (row === undefined) throw new Refused(refuse('not_found'));
    return shown(row);
  }

  /** The quantiles of a forecast, with what happened beside them as far as it is known. */
  async days(call: Call, id: string, query: ForecastDaysQuery): Promise<Page<ForecastDayDto>> {
    await this.one(call, id);
    const { mofDivCode } = call.caller;
    const [pool = null, series = null, day = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.read((session) =>
      session.rows<ForecastDayDto>(
        `${ACTUALS}
         select d.pool_code as "poolCode", d.series, d.day, d.mean, d.quantiles,
                case when d.day <= stated.until and d.series in ('inflow', 'outflow')
                     then coalesce(a.amount, 0.00) end as actual
         from snapshot_day d cross join stated
         left join actual a on a.pool_code = d.pool_code and a.series = d.series and a.day = d.day
         where d.mof_div_code = :mofDivCode and d.snapshot_id = :id
           and (:poolCode::text is null or d.pool_code = :poolCode)
           and (:only::text is null or d.series = :only)
           and (:pool::text is null or (d.pool_code, d.series, d.day) > (:pool::text, :series::text, :day::date))
         order by d.pool_code, d.series, d.day limit :limit`,
        {
          mofDivCode,
          id,
          poolCode: query.poolCode ?? null,
          only: query.series ?? null,
          pool,
          series,
          day,
          limit: this.pages.rowsToRead(query),
        },
      ),
    );
    const keyOf = (row: ForecastDayDto) => [row.poolCode, row.series, row.day];
    return this.pages.page(rows, query, mofDivCode, keyOf, (row) => row);
  }

  /** How a forecast did on the days that have happened since. */
  async accuracy(call: Call, id: string): Promise<ForecastAccuracyDto> {
    await this.one(call, id);
    const judged = await this.read((session) =>
      session.rows<Judged>(
        `${ACTUALS}
         select d.series, count(*)::int as days,
                count(*) filter (where coalesce(a.amount, 0) between d.quantiles[3] and d.quantiles[7])::int
                  as "within80",
                count(*) filter (where coalesce(a.amount, 0) between d.quantiles[1] and d.quantiles[9])::int
                  as "within95",
                avg(abs(coalesce(a.amount, 0) - d.quantiles[5]))::numeric(20, 2) as "meanAbsoluteError"
         from snapshot_day d cross join stated
         join pool p using (mof_div_code, pool_code)
         left join actual a on a.pool_code = d.pool_code and a.series = d.series and a.day = d.day
         where d.mof_div_code = :mofDivCode and d.snapshot_id = :id and p.parent is null
           and d.series in ('inflow', 'outflow') and d.day <= stated.until
         group by d.series`,
        { mofDivCode: call.caller.mofDivCode, id },
      ),
    );
    const of = (series: string) => measured(judged.find((each) => each.series === series));
    return { inflow: of('inflow'), outflow: of('outflow') };
  }

  private read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.transactor.run(work, { readOnly: true });
  }
}

function measured(judged: Judged | undefined): AccuracyDto {
  const { days = 0, within80 = 0, within95 = 0, meanAbsoluteError } = judged ?? {};
  const percent = (count: number) => (days === 0 ? 0 : Math.round((100 * count) / days));
  return {
    days,
    covered80Percent: percent(within80),
    covered95Percent: percent(within95),
    meanAbsoluteError: Money.of(meanAbsoluteError ?? '0.00').toString(),
  };
}

function shown(row: SnapshotRow): ForecastDto {
  const { id, origin, model, quantile, cutOff, planning, notes } = row;
  const pools = planning.pools.map((pool) => shownPool(pool, row.shortfall[pool.poolCode]));
  return { id, origin, model, quantile, cutOff, days: planning.days, pools, notes };
}
