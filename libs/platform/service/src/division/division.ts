import {
  calendarOf,
  type CalendarName,
  type DayOverride,
  type FiscalYearStart,
  type WorkingCalendar,
} from '@guoku/calendar';
import type { Session } from '@guoku/persistence';
import { BoolField, CodeField, DayField, EnumField, TextField } from '../fields.js';

/** The tenant: a place with a finance office of its own. One currency, time zone, fiscal year and calendar each. */
export class DivisionBody {
  @CodeField({ description: 'code of the division 区划', pattern: /^[0-9]{9}$/ })
  readonly mofDivCode!: string;

  @TextField({ description: 'name in Chinese' })
  readonly nameZh!: string;

  @TextField({ description: 'name in English' })
  readonly nameEn!: string;

  @CodeField({ description: 'division above', pattern: /^[0-9]{9}$/, optional: true })
  readonly parent?: string;

  @CodeField({ description: 'ISO 4217, such as CNY', pattern: /^[A-Z]{3}$/ })
  readonly currency!: string;

  @CodeField({ description: 'IANA time zone, such as Asia/Shanghai' })
  readonly timeZone!: string;

  @CodeField({
    description: 'first day of the fiscal year, MM-DD',
    pattern: /^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$/,
  })
  readonly fiscalYearStart!: string;

  @EnumField(['cn', 'us', 'weekdays'], { description: 'calendar of working days' })
  readonly calendar!: CalendarName;
}

/** What the division's own office decided about one day. */
export class CalendarOverrideBody {
  @DayField({ description: 'the day' })
  readonly day!: string;

  @BoolField({ description: 'worked, or not' })
  readonly isWorkingDay!: boolean;

  @TextField({ description: 'why', optional: true })
  readonly note?: string;
}

export interface Division extends Omit<DivisionBody, 'fiscalYearStart' | 'parent'> {
  readonly parent: string | null;
  readonly fiscalYearStart: FiscalYearStart;
}

/** Every service's copy of its divisions and their calendars. */
export const divisions = {
  /** Sets the division up, or changes it; the calendar's overrides are replaced. */
  async save(
    session: Session,
    body: DivisionBody,
    overrides: readonly CalendarOverrideBody[],
  ): Promise<void> {
    const { mofDivCode } = body;
    await session.execute(
      `insert into division (mof_div_code, name_zh, name_en, currency, time_zone, fiscal_year_start, calendar, parent)
       values (:mofDivCode, :nameZh, :nameEn, :currency, :timeZone, :fiscalYearStart, :calendar, :parent)
       on conflict (mof_div_code) do update set
         (name_zh, name_en, currency, time_zone, fiscal_year_start, calendar, parent) =
         (excluded.name_zh, excluded.name_en, excluded.currency, excluded.time_zone,
          excluded.fiscal_year_start, excluded.calendar, excluded.parent)`,
      {
        mofDivCode,
        nameZh: body.nameZh,
        nameEn: body.nameEn,
        currency: body.currency,
        timeZone: body.timeZone,
        fiscalYearStart: body.fiscalYearStart,
        calendar: body.calendar,
        parent: body.parent ?? null,
      },
    );
    await session.execute('delete from calendar_override where mof_div_code = :mofDivCode', {
      mofDivCode,
    });
    await session.execute(
      `insert into calendar_override (mof_div_code, day, is_working_day, note)
       select :mofDivCode, * from unnest(:days::date[], :working::boolean[], :notes::text[])`,
      {
        mofDivCode,
        days: overrides.map(({ day }) => day),
        working: overrides.map(({ isWorkingDay }) => isWorkingDay),
        notes: overrides.map(({ note = '' }) => note),
      },
    );
  },

  async find(session: Session, mofDivCode: string): Promise<Division | undefined> {
    const row = await session.one<Omit<Division, 'fiscalYearStart'> & { start: string }>(
      `select mof_div_code as "mofDivCode", name_zh as "nameZh", name_en as "nameEn", currency,
         time_zone as "timeZone", fiscal_year_start as start, calendar, parent
       from division where mof_div_code = :mofDivCode`,
      { mofDivCode },
    );
    if (row === undefined) return undefined;
    const { start, ...division } = row;
    const [month = 1, day = 1] = start.split('-').map(Number);
    return { ...division, fiscalYearStart: { month, day } };
  },

  /** The division's working days: its published calendar and its own decisions. */
  async calendarOf(session: Session, division: Division): Promise<WorkingCalendar> {
    return calendarOf(division.calendar, { days: await divisions.overridesOf(session, division) });
  },

  /** The division's own decisions alone, for whoever makes the calendar elsewhere. */
  overridesOf(session: Session, { mofDivCode }: Division): Promise<DayOverride[]> {
    return session.rows<DayOverride>(
      `select day, is_working_day as working from calendar_override
       where mof_div_code = :mofDivCode order by day`,
      { mofDivCode },
    );
  },
};
