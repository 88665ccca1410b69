import { Injectable } from '@nestjs/common';
import { faultOfChain, faultOfPolicy } from '@guoku/domain-payment';
import {
  accepted,
  Commands,
  divisions,
  refused,
  Separation,
  type Answer,
  type Call,
  type Refusal,
} from '@guoku/service';
import { refuse } from '../refusals.js';
import type { ImportDivisionDto, ImportedDivisionDto, PriorityPolicyDto } from './division.dto.js';
import { DivisionStore } from './division.store.js';

/** Sets a division up, or brings its reference data up to date. The same again changes nothing. */
@Injectable()
export class ImportDivision {
  constructor(
    private readonly commands: Commands,
    private readonly separation: Separation,
  ) {}

  handle(call: Call, dto: ImportDivisionDto): Promise<Answer<ImportedDivisionDto>> {
    const { mofDivCode, person } = call.caller;
    const info = { action: 'DivisionService.Import', subject: `division/${mofDivCode}`, body: dto };
    return this.commands.run(call, info, async (session) => {
      const refusal = faultOf(mofDivCode, dto);
      if (refusal !== null) return refused(refusal);
      const subject = `division/${mofDivCode}`;
      const deed = { mofDivCode, person, duty: 'division.import', subject } as const;
      const conflict = await this.separation.conflict(session, deed);
      if (conflict !== null) return refused(conflict);
      await this.separation.record(session, deed);

      const store = new DivisionStore(session, mofDivCode);
      const { approvalChains = [] } = dto;
      await divisions.save(session, dto.division, dto.calendarOverrides ?? []);
      await store.saveSections(dto.sections);
      await store.saveUnits(dto.units);
      await store.savePools(dto.pools);
      await store.saveAccounts(dto.accounts);
      await store.savePolicies(dto.policies.map(inOrder));
      await store.saveApprovalChains(approvalChains);
      await store.saveSettings(dto.settings ?? {});
      return accepted({
        mofDivCode,
        sections: dto.sections.length,
        units: dto.units.length,
        pools: dto.pools.length,
        accounts: dto.accounts.length,
        policies: dto.policies.length,
        approvalChains: approvalChains.length,
      });
    });
  }
}

function inOrder(policy: PriorityPolicyDto): PriorityPolicyDto {
  return { ...policy, rules: policy.rules.toSorted((a, b) => a.order - b.order) };
}

/** What does not fit together in the import, the first in order of the document. */
function faultOf(mofDivCode: string, dto: ImportDivisionDto): Refusal | null {
  if (dto.division.mofDivCode !== mofDivCode) {
    return refuse('division_differs', { field: '/division/mofDivCode' });
  }
  const sections = new Set(dto.sections.map(({ mofDepCode }) => mofDepCode));
  for (const [nth, { mofDepCode }] of dto.units.entries()) {
    if (sections.has(mofDepCode)) continue;
    return refuse('section_unknown', { field: `/units/${nth}/mofDepCode`, extra: { mofDepCode } });
  }
  return faultOfPools(dto) ?? faultOfPolicies(dto) ?? faultOfChains(dto);
}

function faultOfPools({ pools, accounts }: ImportDivisionDto): Refusal | null {
  const parents = new Map(pools.map(({ poolCode, parent }) => [poolCode, parent]));
  const unknown = (poolCode: string, field: string): Refusal =>
    refuse('pool_reference_unknown', { field, extra: { poolCode } });
  for (const [nth, { poolCode, parent }] of pools.entries()) {
    if (parent !== undefined && !parents.has(parent))
      return unknown(parent, `/pools/${nth}/parent`);
    const above = new Set([poolCode]);
    for (let at = parent; at !== undefined; at = parents.get(at)) {
      if (above.has(at)) {
        return refuse('pool_cycle', { field: `/pools/${nth}/parent`, extra: { poolCode } });
      }
      above.add(at);
    }
  }
  for (const [nth, { poolCode }] of accounts.entries()) {
    if (!parents.has(poolCode)) return unknown(poolCode, `/accounts/${nth}/poolCode`);
  }
  return null;
}

function faultOfPolicies({ policies, pools }: ImportDivisionDto): Refusal | null {
  const known = new Set(pools.map(({ poolCode }) => poolCode));
  for (const [nth, policy] of policies.entries()) {
    const fault = faultOfPolicy(inOrder(policy));
    if (fault !== null) return refuse(fault, { field: `/policies/${nth}/rules` });
    const astray = policy.rules.findIndex(({ pool }) => !known.has(pool));
    if (astray < 0) continue;
    const field = `/policies/${nth}/rules/${astray}/pool`;
    const poolCode = policy.rules[astray]?.pool;
    return refuse('pool_reference_unknown', { field, extra: { poolCode } });
  }
  return null;
}

function faultOfChains({ approvalChains = [] }: ImportDivisionDto): Refusal | null {
  for (const [nth, chain] of approvalChains.entries()) {
    const fault = faultOfChain(chain);
    if (fault !== null) return refuse(fault, { field: `/approvalChains/${nth}/steps` });
  }
  return null;
}
