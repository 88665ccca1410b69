import { dayOf } from '@guoku/calendar';
import type { EventData, EventType } from '@guoku/contracts';
import type { IncomingEvent } from '@guoku/messaging';
import { Money } from '@guoku/money';
import { dataSourceOf, type Session, Transactor } from '@guoku/persistence';
import { businessDays, Clock, divisions, migrationsOf, Separation } from '@guoku/service';
import { freshDatabase, type TestDatabase } from '@guoku/testing';
import { v7 } from 'uuid';
import { approveBudget } from '../src/budget/approve-budget.js';
import { enterBudget } from '../src/budget/enter-budget.js';
import { quotaService } from '../src/definition.js';
import { saveReference } from '../src/division/division.store.js';
import { PaymentEvents } from '../src/events/payment-events.consumer.js';
import { changeHold, type HoldChanged } from '../src/hold/change-hold.js';

export const mofDivCode = '990002000';
export const fiscalYear = 2026;
export const today = dayOf('2026-03-09');

/** A clock that moves one second at every question, so that instants tell movements apart. */
export class TickingClock extends Clock {
  private ms = Date.parse('2026-03-09T01:00:00Z');

  override now(): Date {
    this.ms += 1000;
    return new Date(this.ms);
  }
}

export const reference = {
  division: {
    mofDivCode,
    nameZh: '清岩县',
    nameEn: 'Qingyan County',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    fiscalYearStart: '01-01',
    calendar: 'weekdays' as const,
  },
  calendarOverrides: [],
  sections: [
    { mofDepCode: 'edu', nameZh: '教科文科', nameEn: 'Education section' },
    { mofDepCode: 'agr', nameZh: '农财科', nameEn: 'Agriculture section' },
  ],
  units: [
    { agencyCode: '101001', nameZh: '一中', nameEn: 'First Middle School', mofDepCode: 'edu' },
    { agencyCode: '202001', nameZh: '水利局', nameEn: 'Water Office', mofDepCode: 'agr' },
  ],
  projects: [
    { proCode: 'p-school', nameZh: '校舍', nameEn: 'School buildings', agencyCode: '101001' },
    { proCode: 'p-canal', nameZh: '渠道', nameEn: 'Canals', agencyCode: '202001' },
  ],
  codes: (
    [
      ['exp_func', '2050202'],
      ['exp_func', '2130305'],
      ['gov_eco', '50101'],
      ['dep_eco', '30101'],
      ['dep_eco', '30201'],
      ['fund_type', '111'],
    ] as const
  ).map(([table, code]) => ({ table, code, fiscalYear, nameZh: code, nameEn: code })),
};

export const schoolLine = {
  agencyCode: '101001',
  proCode: 'p-school',
  expFuncCode: '2050202',
  depBgtEcoCode: '30101',
  fundTypeCode: '111',
  sbSign: 'wages' as const,
  isDir: false,
};

/** Quota's rules on a real database of their own, without doors. */
export class QuotaBook {
  readonly clock = new TickingClock();
  private readonly handlers = new PaymentEvents(this.clock, new Separation(this.clock)).consumer()
    .handlers;

  private constructor(
    readonly database: TestDatabase,
    readonly transactor: Transactor,
  ) {}

  static async open(poolSize = 10): Promise<QuotaBook> {
    const database = await freshDatabase('quota', migrationsOf(quotaService));
    const book = new QuotaBook(
      database,
      new Transactor(dataSourceOf(database.url, { applicationName: 'test', poolSize })),
    );
    await book.transactor.run(async (session) => {
      await divisions.save(session, reference.division, []);
      await saveReference(session, mofDivCode, reference);
      await businessDays.record(session, mofDivCode, today, 'open');
    });
    return book;
  }

  async close(): Promise<void> {
    await this.transactor.close();
    await this.database.drop();
  }

  scope(actor = 'section-1') {
    return { mofDivCode, actor, now: this.clock.now() };
  }

  /** A line of its own project with so much allotted, by two people. @returns its id */
  async allot(amount: string, line: object = {}): Promise<string> {
    const bgtId = v7();
    const proCode = `p-${bgtId}`;
    const lines = [{ ...schoolLine, proCode, bgtId, amount: Money.of(amount), ...line }];
    const budgetId = v7();
    await this.transactor.run(async (session) => {
      await saveReference(session, mofDivCode, {
        ...reference,
        projects: [
          { proCode, nameZh: proCode, nameEn: proCode, agencyCode: schoolLine.agencyCode },
        ],
      });
      const body = { corBgtDocNo: `清财指〔2026〕${budgetId}号`, fiscalYear, lines };
      const entered = await enterBudget(session, this.scope('budget-1'), budgetId, body);
      if (!entered.ok) throw new Error(entered.refusal.code);
      const approved = await approveBudget(session, this.scope('budget-2'), budgetId, {
        newId: v7,
      });
      if (!approved.ok) throw new Error(approved.refusal.code);
    });
    return bgtId;
  }

  hold(bgtId: string, requestId: string, amount: string): Promise<HoldChanged> {
    return this.transactor.run((session) =>
      changeHold(session, this.scope(), {
        requestId,
        bgtId,
        command: () => ({ type: 'hold', requestId, amount: Money.of(amount), fiscalYear }),
      }),
    );
  }

  confirm(requestId: string, paymentId: string, amount: string): Promise<HoldChanged> {
    return this.transactor.run((session) =>
      changeHold(session, this.scope(), {
        requestId,
        paymentId,
        command: () => ({ type: 'confirm', paymentId, amount: Money.of(amount), fiscalYear }),
      }),
    );
  }

  /** Payment's event, as its consumer hands it over; the inbox is left out, so that the rules themselves are tested. */
  async hear<Type extends EventType>(type: Type, data: EventData<Type>): Promise<void> {
    const event: IncomingEvent<EventData<Type>> = {
      id: v7(),
      type,
      source: '/guoku/payment',
      subject: 'test',
      time: this.clock.now().toISOString(),
      mofDivCode,
      key: `${mofDivCode}/test`,
      actor: 'treasurer-1',
      data,
    };
    await this.transactor.run(async (session) => this.handlers[type]?.(session, event));
  }

  read<Row extends object>(sql: string, parameters = {}): Promise<Row[]> {
    return this.transactor.run((session: Session) => session.rows<Row>(sql, parameters));
  }

  /** available / frozen / held / in transit / spent / returned of a line. */
  async stand(bgtId: string): Promise<string> {
    const [row] = await this.read<{ stand: string }>(
      `select concat_ws(' ', available, frozen, held, in_transit, spent, returned) as stand
         from quota_line where bgt_id = :bgtId`,
      { bgtId },
    );
    return row?.stand.replaceAll('.00', '') ?? 'no such line';
  }

  /** Types of the events said about a request or line, in order. */
  async said(subject: string): Promise<string[]> {
    const rows = await this.read<{ type: string }>(
      'select type from outbox where subject = :subject order by seq',
      { subject },
    );
    return rows.map(({ type }) => type.replace('guoku.quota.', '').replace('.v1', ''));
  }
}
