import { dayOf, type Day } from '@guoku/calendar';
import type { EventData } from '@guoku/contracts';
import type {
  BudgetLine,
  OpenRequest,
  PlanningForecast,
  PromisedPart,
  TriedPart,
} from '@guoku/domain-payment';
import { Money } from '@guoku/money';
import type { Session } from '@guoku/persistence';

/** A promised part and the pool that pays it. */
export interface PlannedPart extends PromisedPart {
  readonly poolCode: string;
}

/** What planning and instruction read of one division. */
export class PlanningStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  /** The forecast asked for, or the latest by origin. */
  async forecast(snapshotId: string | null): Promise<PlanningForecast | undefined> {
    const row = await this.session.one<{ data: EventData<'guoku.forecast.published.v1'> }>(
      `select data from forecast_snapshot
       where mof_div_code = :mofDivCode and (:snapshotId::uuid is null or snapshot_id = :snapshotId)
       order by origin desc, published_at desc, snapshot_id desc limit 1`,
      { mofDivCode: this.mofDivCode, snapshotId },
    );
    return row === undefined ? undefined : forecastOf(row.data);
  }

  /** Held requests of which something is outstanding. */
  async openRequests(): Promise<OpenRequest[]> {
    const rows = await this.session.rows<OpenRequestRow>(
      `select id, agency_code as "agencyCode", line, outstanding, earliest, due, latest, divisible,
              min_part as "minPart", coalesce(submitted_at, entered_at) as "submittedAt", declined_on as "declinedOn"
         from fund_request where mof_div_code = :mofDivCode and stage = 'held' and outstanding > 0`,
      { mofDivCode: this.mofDivCode },
    );
    return rows.map((row) => ({
      ...row,
      outstanding: Money.of(row.outstanding),
      earliest: dayOrNull(row.earliest),
      due: dayOf(row.due),
      latest: dayOf(row.latest),
      minPart: row.minPart === null ? null : Money.of(row.minPart),
      declinedOn: dayOrNull(row.declinedOn),
    }));
  }

  async planInForce(): Promise<string | null> {
    const row = await this.session.one<{ id: string }>(
      `select id from plan where mof_div_code = :mofDivCode and stage = 'in-force'`,
      { mofDivCode: this.mofDivCode },
    );
    return row?.id ?? null;
  }

  async partsOf(planId: string): Promise<PlannedPart[]> {
    const rows = await this.session.rows<PlannedPartRow>(
      `select part.request_id as "requestId", part.date, part.amount, i.pool_code as "poolCode"
         from plan_part part join plan_item i using (mof_div_code, plan_id, request_id)
        where part.mof_div_code = :mofDivCode and part.plan_id = :planId order by part.date, part.request_id`,
      { mofDivCode: this.mofDivCode, planId },
    );
    return rows.map(({ requestId, date, amount, poolCode }) => ({
      requestId,
      date: dayOf(date),
      amount: Money.of(amount),
      poolCode,
    }));
  }

  /** What came of the parts of a plan: each try of each part. */
  async triesOf(planId: string): Promise<TriedPart[]> {
    const rows = await this.session.rows<{
      requestId: string;
      date: string;
      declinedOn: string | null;
    }>(
      `select request_id as "requestId", part_date as date,
              case stage when 'declined' then day end as "declinedOn"
         from payment where mof_div_code = :mofDivCode and plan_id = :planId`,
      { mofDivCode: this.mofDivCode, planId },
    );
    return rows.map(({ requestId, date, declinedOn }) => ({
      requestId,
      date: dayOf(date),
      declinedOn: dayOrNull(declinedOn),
    }));
  }

  /**
   * Payments that an opening balance at the end of `origin` does not contain: on their way, or paid since. What came
   * back since is money again only in the next statement, unless it was paid since as well and is back by yesterday.
   */
  async unbooked(origin: Day, today: Day): Promise<{ poolCode: string; amount: Money }[]> {
    const rows = await this.session.rows<{ poolCode: string; amount: string }>(
      `select pool_code as "poolCode", sum(amount)::text as amount from payment
       where mof_div_code = :mofDivCode
         and (stage in ('asked', 'confirmed', 'recalling', 'sent')
              or (value_date > :origin and (stage = 'settled' or return_value_date >= :today)))
       group by pool_code`,
      { mofDivCode: this.mofDivCode, origin, today },
    );
    return rows.map(({ poolCode, amount }) => ({ poolCode, amount: Money.of(amount) }));
  }
}

interface PlannedPartRow {
  readonly requestId: string;
  readonly date: string;
  readonly amount: string;
  readonly poolCode: string;
}

interface OpenRequestRow {
  readonly id: string;
  readonly agencyCode: string;
  readonly line: BudgetLine;
  readonly outstanding: string;
  readonly earliest: string | null;
  readonly due: string;
  readonly latest: string;
  readonly divisible: boolean;
  readonly minPart: string | null;
  readonly submittedAt: string;
  readonly declinedOn: string | null;
}

function dayOrNull(text: string | null): Day | null {
  return text === null ? null : dayOf(text);
}

/** The forecast as it was published; amounts are text in it. */
function forecastOf(published: EventData<'guoku.forecast.published.v1'>): PlanningForecast {
  const { snapshotId, origin, days, pools } = published;
  const amounts = (texts: readonly string[]): Money[] => texts.map((text) => Money.of(text));
  return {
    snapshotId,
    origin: dayOf(origin),
    days: days.map(dayOf),
    pools: pools.map((pool) => ({
      poolCode: pool.poolCode,
      opening: Money.of(pool.opening),
      inflow: amounts(pool.inflow),
      committed: amounts(pool.committed),
      floor: amounts(pool.floor),
      reserve: amounts(pool.reserve),
    })),
  };
}
