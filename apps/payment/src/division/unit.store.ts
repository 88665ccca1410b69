import type { Session } from '@guoku/persistence';

/** A budget unit 预算单位 and the section 科室 in charge of it. */
export interface Unit {
  readonly agencyCode: string;
  readonly mofDepCode: string;
}

export class UnitStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  /** The units with these codes; unknown ones are missing. */
  async byCode(codes: readonly string[]): Promise<Map<string, Unit>> {
    const rows = await this.session.rows<Unit>(
      `select agency_code as "agencyCode", mof_dep_code as "mofDepCode" from unit
       where mof_div_code = :mofDivCode and agency_code = any(:codes)`,
      { mofDivCode: this.mofDivCode, codes: [...new Set(codes)] },
    );
    return new Map(rows.map((unit) => [unit.agencyCode, unit]));
  }
}
