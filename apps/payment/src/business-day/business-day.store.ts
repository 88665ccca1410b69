import { dayOf } from '@guoku/calendar';
import type { BusinessDay, BusinessDayEvent, BusinessDays } from '@guoku/domain-payment';
import type { Session } from '@guoku/persistence';
import { businessDays } from '@guoku/service';
import type { BusinessDayDto } from './business-day.dto.js';

const VIEW = `d.day, to_char(d.day, 'YYYY-MM') as month, d.status as state, d.opened_at as "openedAt",
  d.cut_off_at as "cutOffAt", d.closed_at as "closedAt",
  coalesce((select r.receipts from receipt_day r
             where (r.mof_div_code, r.day) = (d.mof_div_code, d.day)), 0.00)::text as receipts,
  (select coalesce(sum(p.amount), 0.00)::text from payment p
    where (p.mof_div_code, p.day) = (d.mof_div_code, d.day)
      and p.stage not in ('asked', 'declined')) as instructed,
  (select coalesce(sum(p.amount), 0.00)::text from payment p
    where (p.mof_div_code, p.value_date) = (d.mof_div_code, d.day)) as settled,
  (select coalesce(sum(p.amount), 0.00)::text from payment p
    where (p.mof_div_code, p.return_value_date) = (d.mof_div_code, d.day) and p.stage = 'returned') as returned,
  (select count(*)::integer from payment p
    where (p.mof_div_code, p.day) = (d.mof_div_code, d.day)
      and p.stage in ('asked', 'confirmed', 'recalling', 'sent')) as unanswered,
  d.version`;

/** Business days of one division. Payment owns them; the platform's copy is kept in the same transaction. */
export class BusinessDayStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  /** The last two days. Whoever is about to change them has locked the division first. */
  async latest(): Promise<BusinessDays> {
    const rows = await this.session.rows<BusinessDay>(
      `select day, status from business_day
       where mof_div_code = :mofDivCode order by day desc limit 2`,
      { mofDivCode: this.mofDivCode },
    );
    const [latest = null, previous = null] = rows.map((row) => ({ ...row, day: dayOf(row.day) }));
    return { latest, previous };
  }

  async save(event: BusinessDayEvent, at: Date): Promise<void> {
    const { type: status, day } = event;
    await this.session.execute(
      `insert into business_day as d (mof_div_code, day, status, opened_at)
       values (:mofDivCode, :day, :status, :at)
       on conflict (mof_div_code, day) do update set status = excluded.status, version = d.version + 1,
         cut_off_at = case excluded.status when 'cut-off' then :at else d.cut_off_at end,
         closed_at = case excluded.status when 'closed' then :at else d.closed_at end`,
      { mofDivCode: this.mofDivCode, day, status, at },
    );
    const state = status === 'opened' ? 'open' : status;
    await businessDays.record(this.session, this.mofDivCode, day, state);
  }

  async view(day: string | null): Promise<BusinessDayDto | undefined> {
    return this.session.one<BusinessDayDto>(
      `select ${VIEW} from business_day d
       where d.mof_div_code = :mofDivCode and (:day::date is null or d.day = :day)
       order by d.day desc limit 1`,
      { mofDivCode: this.mofDivCode, day },
    );
  }

  /** Payments of the day about which quota has not answered yet. */
  async unasked(): Promise<number> {
    const row = await this.session.one<{ count: number }>(
      `select count(*)::integer as count from payment
       where mof_div_code = :mofDivCode and stage = 'asked'`,
      { mofDivCode: this.mofDivCode },
    );
    return row?.count ?? 0;
  }

  async lastClosed(): Promise<string | null> {
    const row = await this.session.one<{ day: string | null }>(
      `select max(day) as day from business_day where mof_div_code = :mofDivCode and status = 'closed'`,
      { mofDivCode: this.mofDivCode },
    );
    return row?.day ?? null;
  }
}
