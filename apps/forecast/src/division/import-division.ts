import { Injectable } from '@nestjs/common';
import { json, type Session } from '@guoku/persistence';
import { accepted, Commands, divisions, refused, type Answer, type Call } from '@guoku/service';
import { refuse } from '../refusals.js';
import type { ImportDivisionDto, ImportedDto } from './import-division.dto.js';

/** Sets up the cash side of a division, or changes it. All or nothing; the same again changes nothing. */
@Injectable()
export class ImportDivision {
  constructor(private readonly commands: Commands) {}

  handle(call: Call, dto: ImportDivisionDto): Promise<Answer<ImportedDto>> {
    const { mofDivCode } = call.caller;
    const action = 'DivisionService.Import';
    return this.commands.run(call, { action, body: dto }, async (session) => {
      const refusal = misfit(dto, mofDivCode);
      if (refusal !== undefined) return refused(refusal);

      await divisions.save(session, dto.division, dto.calendarOverrides);
      await savePools(session, mofDivCode, dto);
      await saveAccounts(session, mofDivCode, dto);
      const counts = { accounts: dto.accounts.length, pools: dto.pools.length };
      return accepted(counts, { status: 201, subject: `division/${mofDivCode}` });
    });
  }
}

function misfit({ division, pools, accounts }: ImportDivisionDto, mofDivCode: string) {
  if (division.mofDivCode !== mofDivCode)
    return refuse('division_differs', { field: '/division/mofDivCode', extra: { mofDivCode } });
  const parentOf = new Map(pools.map(({ poolCode, parent }) => [poolCode, parent]));
  for (const [index, { poolCode, parent }] of pools.entries()) {
    if (parent !== undefined && !parentOf.has(parent))
      return refuse('pool_unknown', {
        field: `/pools/${String(index)}/parent`,
        extra: { poolCode: parent },
      });
    if (circles(poolCode, parentOf))
      return refuse('pool_cycle', { field: `/pools/${String(index)}/parent`, extra: { poolCode } });
  }
  const astray = accounts.findIndex(({ poolCode }) => !parentOf.has(poolCode));
  if (astray < 0) return undefined;
  const { poolCode } = accounts[astray] ?? {};
  return refuse('pool_unknown', {
    field: `/accounts/${String(astray)}/poolCode`,
    extra: { poolCode },
  });
}

function circles(poolCode: string, parentOf: ReadonlyMap<string, string | undefined>): boolean {
  const seen = new Set<string>();
  for (let pool: string | undefined = poolCode; pool !== undefined; pool = parentOf.get(pool)) {
    if (seen.has(pool)) return true;
    seen.add(pool);
  }
  return false;
}

async function savePools(session: Session, mofDivCode: string, { pools }: ImportDivisionDto) {
  await session.execute(
    `insert into pool (mof_div_code, pool_code, name_zh, name_en, parent, floor, reserve, reserve_tiers)
     select :mofDivCode, p."poolCode", p."nameZh", p."nameEn", p.parent, p.floor, (p.reserve ->> 'amount')::numeric,
            (p.reserve ->> 'tiers')::integer
     from jsonb_to_recordset(:pools::jsonb)
          as p ("poolCode" text, "nameZh" text, "nameEn" text, parent text, floor numeric, reserve jsonb)
     on conflict (mof_div_code, pool_code) do update
       set (name_zh, name_en, parent, floor, reserve, reserve_tiers) =
           (excluded.name_zh, excluded.name_en, excluded.parent, excluded.floor, excluded.reserve,
            excluded.reserve_tiers)`,
    { mofDivCode, pools: json(pools) },
  );
}

async function saveAccounts(session: Session, mofDivCode: string, { accounts }: ImportDivisionDto) {
  await session.execute(
    `insert into account (mof_div_code, account_code, name_zh, name_en, kind, pool_code)
     select :mofDivCode, a."accountCode", a."nameZh", a."nameEn", a.kind, a."poolCode"
     from jsonb_to_recordset(:accounts::jsonb)
          as a ("accountCode" text, "nameZh" text, "nameEn" text, kind text, "poolCode" text)
     on conflict (mof_div_code, account_code) do update
       set (name_zh, name_en, kind, pool_code) =
           (excluded.name_zh, excluded.name_en, excluded.kind, excluded.pool_code)`,
    { mofDivCode, accounts: json(accounts) },
  );
}
