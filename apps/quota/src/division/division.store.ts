import { json, type Session } from '@guoku/persistence';
import type { ImportDivisionDto } from './division.dto.js';

/** Inserts or updates the reference rows of a division by their keys; rows that are not named stay. */
export async function saveReference(
  session: Session,
  mofDivCode: string,
  { sections, units, projects, codes }: ImportDivisionDto,
): Promise<void> {
  await session.execute(
    `insert into section (mof_div_code, mof_dep_code, name_zh, name_en)
     select :mofDivCode, x."mofDepCode", x."nameZh", x."nameEn"
       from jsonb_to_recordset(:rows::jsonb) as x ("mofDepCode" text, "nameZh" text, "nameEn" text)
     on conflict (mof_div_code, mof_dep_code) do update
        set (name_zh, name_en) = (excluded.name_zh, excluded.name_en)`,
    { mofDivCode, rows: json(sections) },
  );
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
    `insert into project (mof_div_code, pro_code, name_zh, name_en, agency_code)
     select :mofDivCode, x."proCode", x."nameZh", x."nameEn", x."agencyCode"
       from jsonb_to_recordset(:rows::jsonb) as x
         ("proCode" text, "nameZh" text, "nameEn" text, "agencyCode" text)
     on conflict (mof_div_code, pro_code) do update
        set (name_zh, name_en, agency_code) =
            (excluded.name_zh, excluded.name_en, excluded.agency_code)`,
    { mofDivCode, rows: json(projects) },
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
