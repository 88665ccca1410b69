import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { type Call, type Page, Pages, Refused } from '@guoku/service';
import type { Hold } from '@guoku/domain-quota';
import { reachOfLine, reachParameters } from '../line/line.reach.js';
import { refuse } from '../refusals.js';
import type { HoldDto, HoldQuery } from './hold.dto.js';
import { holdColumns, type HoldRow } from './hold.row.js';
import { holdOf } from './hold.store.js';

/** Reads holds for screens. A unit sees those of its own lines. */
@Injectable()
export class HoldQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  /** @throws Refused `not_found` where there is none that the caller may see */
  async get(call: Call, requestId: string): Promise<HoldDto> {
    const row = await this.transactor.run(
      (session) =>
        session.one<HoldRow>(
          `select ${holdColumns} from hold h join quota_line l using (mof_div_code, bgt_id)
            where h.mof_div_code = :mofDivCode and h.request_id = :requestId and ${reachOfLine}`,
          { ...reachParameters(call), requestId },
        ),
      { readOnly: true },
    );
    if (!row) throw new Refused(refuse('not_found'));
    return holdDto(row);
  }

  async list(call: Call, query: HoldQuery): Promise<Page<HoldDto>> {
    const { mofDivCode } = call.caller;
    const [after = null] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.transactor.run(
      (session) =>
        session.rows<HoldRow>(
          `select ${holdColumns} from hold h join quota_line l using (mof_div_code, bgt_id)
            where h.mof_div_code = :mofDivCode and ${reachOfLine}
              and (:bgtId::uuid is null or h.bgt_id = :bgtId)
              and (:open::boolean is null or (h.held + h.in_transit > 0) = :open)
              and (:after::uuid is null or h.request_id > :after)
            order by h.request_id limit :count`,
          {
            ...reachParameters(call),
            bgtId: query.bgtId ?? null,
            open: query.state === undefined ? null : query.state === 'open',
            after,
            count: this.pages.rowsToRead(query),
          },
        ),
      { readOnly: true },
    );
    return this.pages.page(rows, query, mofDivCode, (row) => [row.requestId], holdDto);
  }
}

function holdDto(row: HoldRow): HoldDto {
  return holdShown(holdOf(row), row.heldAt);
}

/** A hold as it is shown. */
export function holdShown(hold: Hold, heldAt: string): HoldDto {
  return {
    requestId: hold.requestId,
    bgtId: hold.bgtId,
    amount: hold.amount.toString(),
    held: hold.held.toString(),
    inTransit: hold.inTransit.toString(),
    spent: hold.spent.toString(),
    released: hold.released.toString(),
    planned: hold.isPlanned,
    heldAt,
  };
}
