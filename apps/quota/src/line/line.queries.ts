import { Injectable } from '@nestjs/common';
import { ACCOUNTS } from '@guoku/domain-quota';
import { Money } from '@guoku/money';
import { type Session, Transactor } from '@guoku/persistence';
import {
  type Call,
  type Page,
  PageQuery,
  Pages,
  Refused,
  Sorting,
  Versioned,
} from '@guoku/service';
import { refuse } from '../refusals.js';
import type { LINE_SORTS, LineDto, LineQuery, MovementDto } from './line.dto.js';
import { reachOfLine, reachParameters } from './line.reach.js';
import { lineColumns, type LineRow, type MovementRow } from './line.row.js';

const SORTING = new Sorting<LineRow, (typeof LINE_SORTS)[number]>(
  {
    bgtId: { sql: 'l.bgt_id', type: 'uuid', of: (row) => row.bgtId },
    agencyCode: { sql: 'l.agency_code', type: 'text', of: (row) => row.agencyCode },
    available: { sql: 'l.available', type: 'numeric', of: (row) => row.available },
  },
  { sql: 'l.bgt_id', type: 'uuid', of: (row) => row.bgtId },
  'bgtId',
);

/** Reads lines for screens. A unit sees its own, a section those of its units. */
@Injectable()
export class LineQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  /**
   * @param asOf instant up to which movements count: the answer then is replayed from them
   * @throws Refused `not_found` where there is none that the caller may see
   */
  async get(call: Call, bgtId: string, asOf?: string): Promise<Versioned<LineDto>> {
    const row = await this.transactor.run(
      async (session) => {
        const now = await find(session, call, bgtId);
        return now && asOf !== undefined ? replayed(session, call, now, asOf) : now;
      },
      { readOnly: true, isolation: 'repeatable read' },
    );
    if (!row) throw new Refused(refuse('not_found'));
    return new Versioned(lineShown(row), row.version);
  }

  async list(call: Call, query: LineQuery): Promise<Page<LineDto>> {
    const { mofDivCode } = call.caller;
    const page = SORTING.page(query.sort, this.pages.after(query, mofDivCode));
    const rows = await this.transactor.run(
      (session) =>
        session.rows<LineRow>(
          `select ${lineColumns} from quota_line l
            where l.mof_div_code = :mofDivCode and ${reachOfLine}
              and (:fiscalYear::int is null or l.fiscal_year = :fiscalYear)
              and (:agencyCode::text is null or l.agency_code = :agencyCode)
              and (:mofDepCode::text is null or l.mof_dep_code = :mofDepCode)
              and (:proCode::text is null or l.pro_code = :proCode)
              and (:fundTypeCode::text is null or l.fund_type_code = :fundTypeCode)
              and (:sbSign::text is null or l.sb_sign = :sbSign)
              and (:corBgtDocNo::text is null or l.cor_bgt_doc_no = :corBgtDocNo)
              and ${page.after}
            order by ${page.orderBy} limit :count`,
          {
            ...reachParameters(call),
            fiscalYear: query.fiscalYear ?? null,
            agencyCode: query.agencyCode ?? null,
            mofDepCode: query.mofDepCode ?? null,
            proCode: query.proCode ?? null,
            fundTypeCode: query.fundTypeCode ?? null,
            sbSign: query.sbSign ?? null,
            corBgtDocNo: query.corBgtDocNo ?? null,
            ...page.parameters,
            count: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    return this.pages.page(rows, query, mofDivCode, page.keyOf, lineShown);
  }

  async movements(call: Call, bgtId: string, query: PageQuery): Promise<Page<MovementDto>> {
    const { mofDivCode } = call.caller;
    const [after = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.transactor.run(
      async (session) => {
        if (!(await find(session, call, bgtId))) throw new Refused(refuse('not_found'));
        return session.rows<MovementRow>(
          `select movement_id as "movementId", bgt_id as "bgtId", kind, debit, credit, amount,
                  budget_id as "budgetId", request_id as "requestId", payment_id as "paymentId",
                  actor, moved_at as "movedAt"
             from line_movement
            where mof_div_code = :mofDivCode and bgt_id = :bgtId
              and (:after::bigint is null or movement_id > :after)
            order by movement_id limit :count`,
          { mofDivCode, bgtId, after, count: this.pages.rowsToRead(query) },
        );
      },
      { readOnly: true },
    );
    return this.pages.page(
      rows,
      query,
      mofDivCode,
      (row) => [row.movementId],
      (row) => row,
    );
  }
}

function find(session: Session, call: Call, bgtId: string): Promise<LineRow | undefined> {
  return session.one<LineRow>(
    `select ${lineColumns} from quota_line l
      where l.mof_div_code = :mofDivCode and l.bgt_id = :bgtId and ${reachOfLine}`,
    { ...reachParameters(call), bgtId },
  );
}

/** The row as it was at an instant: sums of the movements until then, and the mark and version of that time. */
async function replayed(
  session: Session,
  { caller: { mofDivCode } }: Call,
  row: LineRow,
  asOf: string,
): Promise<LineRow> {
  const at = { mofDivCode, bgtId: row.bgtId, asOf };
  const sums = await session.rows<{ account: string; sum: string }>(
    `select account, sum(amount) as sum from (
       select debit as account, case debit when 'Q101' then amount else -amount end as amount
         from line_movement
        where mof_div_code = :mofDivCode and bgt_id = :bgtId and moved_at <= :asOf::timestamptz
       union all
       select credit, case credit when 'Q101' then -amount else amount end
         from line_movement
        where mof_div_code = :mofDivCode and bgt_id = :bgtId and moved_at <= :asOf::timestamptz
       union all
       select 'returned', amount from line_movement
        where mof_div_code = :mofDivCode and bgt_id = :bgtId and moved_at <= :asOf::timestamptz
          and kind = 'returned') entry
      group by account`,
    at,
  );
  const mark = await session.one<{ isFrozen: boolean }>(
    `select is_frozen as "isFrozen" from line_mark_log
      where mof_div_code = :mofDivCode and bgt_id = :bgtId and marked_at <= :asOf::timestamptz
      order by mark_id desc limit 1`,
    at,
  );
  const sumOf = (code: string) => sums.find(({ account }) => account === code)?.sum ?? '0.00';
  const balances = Object.fromEntries(
    Object.entries(ACCOUNTS).map(([code, field]) => [field, sumOf(code)]),
  );
  const isFrozen = mark?.isFrozen ?? false;
  return { ...row, ...balances, returned: sumOf('returned'), isFrozen };
}

/** A line as it is shown. */
export function lineShown(row: LineRow): LineDto {
  const { sources, unallotted, ...shown } = row;
  return { ...shown, allotted: Money.of(sources).minus(Money.of(unallotted)).toString() };
}
