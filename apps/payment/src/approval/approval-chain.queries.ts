import { Injectable } from '@nestjs/common';
import { Transactor } from '@guoku/persistence';
import { Pages, type Call, type Page } from '@guoku/service';
import type { ApprovalChainDto, ApprovalChainQuery } from './approval.dto.js';
import { ApprovalStore } from './approval.store.js';

/** Reads of the approval chains. A division has a handful of them, so that a page is cut from all. */
@Injectable()
export class ApprovalChainQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  async list({ caller }: Call, query: ApprovalChainQuery): Promise<Page<ApprovalChainDto>> {
    const { mofDivCode } = caller;
    const [after = ''] = this.pages.after(query, mofDivCode) ?? [];
    const all = await this.transactor.run((session) =>
      new ApprovalStore(session, mofDivCode).chainRows(),
    );
    const { inForceOn } = query;
    const wanted =
      inForceOn === undefined
        ? all
        : all.filter(({ effectiveFrom }) => effectiveFrom <= inForceOn).slice(-1);
    const rest = wanted.filter(({ effectiveFrom }) => effectiveFrom > after);
    const keyOf = ({ effectiveFrom }: ApprovalChainDto) => [effectiveFrom];
    return this.pages.page(rest, query, mofDivCode, keyOf, (row) => row);
  }
}
