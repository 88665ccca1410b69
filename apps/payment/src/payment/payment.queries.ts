import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { Pages, Refused, Sorting, Versioned, type Call, type Page } from '@guoku/service';
import { refuse } from '../refusals.js';
import type { PAYMENT_SORTS, PaymentDto, PaymentQuery } from './payment.dto.js';
import { PAYMENT_COLUMNS, type PaymentRow } from './payment.row.js';
import { paymentView } from './payment.view.js';

const SORTING = new Sorting<PaymentRow, (typeof PAYMENT_SORTS)[number]>(
  {
    day: { sql: 'p.day', type: 'date', of: (row) => row.day },
    amount: { sql: 'p.amount', type: 'numeric', of: (row) => row.amount },
  },
  { sql: 'p.id', type: 'uuid', of: (row) => row.id },
  'day',
);

/** Reads of payments. */
@Injectable()
export class PaymentQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  async list({ caller }: Call, query: PaymentQuery): Promise<Page<PaymentDto>> {
    const { mofDivCode } = caller;
    const page = SORTING.page(query.sort, this.pages.after(query, mofDivCode));
    const rows = await this.transactor.run(
      (session) =>
        session.rows<PaymentRow>(
          `select ${PAYMENT_COLUMNS} from payment p
           where p.mof_div_code = :mofDivCode
             and (:day::date is null or p.day = :day)
             and (:valueDate::date is null or p.value_date = :valueDate)
             and (:state::text is null or p.stage = :state)
             and (:requestId::uuid is null or p.request_id = :requestId)
             and ${page.after}
           order by ${page.orderBy} limit :limit`,
          {
            mofDivCode,
            day: query.day ?? null,
            valueDate: query.valueDate ?? null,
            state: query.state ?? null,
            requestId: query.requestId ?? null,
            ...page.parameters,
            limit: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    return this.pages.page(rows, query, mofDivCode, page.keyOf, paymentView);
  }

  async one({ caller }: Call, id: string): Promise<Versioned<PaymentDto>> {
    const row = await this.transactor.run(
      (session) =>
        session.one<PaymentRow>(
          `select ${PAYMENT_COLUMNS} from payment p where p.mof_div_code = :mofDivCode and p.id = :id`,
          { mofDivCode: caller.mofDivCode, id },
        ),
      { readOnly: true },
    );
    if (row === undefined) throw new Refused(refuse('not_found'));
    return new Versioned(paymentView(row), row.version);
  }
}
