import { Injectable } from '@nestjs/common';
import { json, type Session } from '@guoku/persistence';
import {
  accepted,
  type Answer,
  type Call,
  Commands,
  divisions,
  type Refusal,
  refused,
} from '@guoku/service';
import { refuse } from '../refusals.js';
import type { ImportDivisionDto, ImportedDto } from './division.dto.js';

/** Sets up a division's reference data, or changes it. All or nothing; the same again changes nothing. */
@Injectable()
export class ImportDivision {
  constructor(private readonly commands: Commands) {}

  handle(call: Call, body: ImportDivisionDto): Promise<Answer<ImportedDto>> {
    const { mofDivCode } = call.caller;
    const subject = `division/${body.division.mofDivCode}`;
    const command = { action: 'DivisionService.Import', subject, body };
    return this.commands.run(call, command, async (session) => {
      const wrong = misfit(body, mofDivCode);
      if (wrong) return refused(wrong);

      await divisions.save(session, body.division, body.calendarOverrides);
      await saveReference(session, mofDivCode, body);
      const { units, accounts, codes } = body;
      const counts = { units: units.length, accounts: accounts.length, codes: codes.length };
      return accepted({ mofDivCode, ...counts });
    });
  }
}

function misfit(body: ImportDivisionDto, own: string): Refusal | undefined {
  const given = body.division.mofDivCode;
  if (given !== own) {
    return refuse('division_differs', { field: '/division/mofDivCode', extra: { given, own } });
  }
  const keys: Readonly<Record<string, readonly string[]>> = {
    calendarOverrides: body.calendarOverrides.map(({ day }) => day),
    units: body.units.map(({ agencyCode }) => agencyCode),
    accounts: body.accounts.map(({ accountCode }) => accountCode),
    codes: body.codes.map(({ table, fiscalYear, code }) => `${table} ${fiscalYear} ${code}`),
  };
  for (const [list, all] of Object.entries(keys)) {
    const seen = new Set<string>();
    for (const [index, key] of all.entries()) {
      if (seen.has(key)) return refuse('key_twice', { field: `/${list}/${index}`, extra: { key } });
      seen.add(key);
    }
  }
  return undefined;
}

/** Inserts or updates rows by their keys; rows that are not named stay. */
async function saveReference(
  session: Session,
  mofDivCode: string,
  { units, accounts, codes }: ImportDivisionDto,
): Promise<void> {
  await session.execute(
    `insert into unit (mof_div_code, agency_code, name_zh, name_en, sup_dep_code, mof_dep_code)
     select :mofDivCode, x."agencyCode", x."nameZh", x."nameEn", x."supDepCode", x."mofDepCode"
       from jsonb_to_recordset(:rows::jsonb) as x
         ("agencyCode" text, "nameZh" text, "nameEn" text, "supDepCode" text, "mofDepCode" text)
     on conflict (mof_div_code, agency_code) do update
        set (name_zh, name_en, sup_dep_code, mof_dep_code) =
            (excluded.name_zh, excluded.name_en, excluded.sup_dep_code, excluded.mof_dep_code)`,
    { mofDivCode, rows: json(units) },
  );
  await session.execute(
    `insert into account (mof_div_code, account_code, name_zh, name_en, kind, pool_code)
     select :mofDivCode, x."accountCode", x."nameZh", x."nameEn", x.kind, x."poolCode"
       from jsonb_to_recordset(:rows::jsonb) as x
         ("accountCode" text, "nameZh" text, "nameEn" text, kind text, "poolCode" text)
     on conflict (mof_div_code, account_code) do update
        set (name_zh, name_en, kind, pool_code) =
            (excluded.name_zh, excluded.name_en, excluded.kind, excluded.pool_code)`,
    { mofDivCode, rows: json(accounts) },
  );
  await session.execute(
    `insert into code (mof_div_code, code_table, fiscal_year, code, name_zh, name_en, parent)
     select :mofDivCode, x."table", x."fiscalYear", x.code, x."nameZh", x."nameEn", x.parent
       from jsonb_to_recordset(:rows::jsonb) as x
         ("table" text, "fiscalYear" int, code text, "nameZh" text, "nameEn" text, parent text)
     on conflict (mof_div_code, code_table, fiscal_year, code) do update
        set (name_zh, name_en, parent) = (excluded.name_zh, excluded.name_en, excluded.parent)`,
    { mofDivCode, rows: json(codes) },
  );
}
