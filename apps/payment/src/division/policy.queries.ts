import { Injectable } from '@nestjs/common';
import { policyOn } from '@guoku/domain-payment';
import { Transactor } from '@guoku/persistence';
import { Pages, type Call, type Page } from '@guoku/service';
import { DivisionStore, type PolicyRow } from './division.store.js';
import type { PolicyQuery } from './policy.dto.js';

/** Reads of the priority policies. A division has a handful of them, so that a page is cut from all. */
@Injectable()
export class PolicyQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  async list({ caller }: Call, query: PolicyQuery): Promise<Page<PolicyRow>> {
    const { mofDivCode } = caller;
    const [from = '', version = ''] = this.pages.after(query, mofDivCode) ?? [];
    const rows = await this.transactor.run(async (session) => {
      const store = new DivisionStore(session, mofDivCode);
      const all = await store.policyRows();
      if (query.inForceOn === undefined) return all;
      const inForce = policyOn(query.inForceOn, await store.policies());
      return all.filter((policy) => policy.version === inForce?.version);
    });
    const rest = rows.filter((row) => keyOf(row).join(' ') > `${from} ${version}`);
    return this.pages.page(rest, query, mofDivCode, keyOf, (row) => row);
  }
}

function keyOf({ effectiveFrom, version }: PolicyRow): readonly string[] {
  return [effectiveFrom, version];
}
