import { json, type Session } from '@guoku/persistence';

/** A row that is to be judged: which codes it uses, in which fiscal year. */
export interface UsedCodes {
  readonly fiscalYear: number;
  readonly itemCode: string;
  readonly fundTypeCode: string;
  readonly agencyCode: string | null;
}

/** What the division's tables have of the codes that the rows use. */
export interface KnownCodes {
  readonly knowsItem: boolean;
  readonly knowsFundType: boolean;
  readonly knowsAgency: boolean;
}

/** Looks all rows up in one statement. @returns one answer per row, in their order */
export async function knownCodes(
  session: Session,
  mofDivCode: string,
  rows: readonly UsedCodes[],
): Promise<readonly KnownCodes[]> {
  return session.rows<KnownCodes>(
    `with used as (
       select * from jsonb_to_recordset(:rows::jsonb) as x
         (place int, "fiscalYear" int, "itemCode" text, "fundTypeCode" text, "agencyCode" text)),
     known as (
       select code_table, fiscal_year, code from code
        where mof_div_code = :mofDivCode and fiscal_year in (select "fiscalYear" from used))
     select i.code is not null as "knowsItem", f.code is not null as "knowsFundType",
            used."agencyCode" is null or u.agency_code is not null as "knowsAgency"
       from used
       left join known i on i.code_table = 'income' and i.fiscal_year = used."fiscalYear"
            and i.code = used."itemCode"
       left join known f on f.code_table = 'fund_type' and f.fiscal_year = used."fiscalYear"
            and f.code = used."fundTypeCode"
       left join unit u on u.mof_div_code = :mofDivCode and u.agency_code = used."agencyCode"
      order by used.place`,
    { mofDivCode, rows: json(rows.map((row, place) => ({ ...row, place }))) },
  );
}
