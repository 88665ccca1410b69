import { Injectable } from '@nestjs/common';
import {
  accepted,
  type Answer,
  type Call,
  Commands,
  divisions,
  type Refusal,
  refused,
  Separation,
} from '@guoku/service';
import { refuse } from '../refusals.js';
import type { ImportDivisionDto, ImportedDto } from './division.dto.js';
import { saveReference } from './division.store.js';

/** Sets up a division's reference data, or changes it. All or nothing; the same again changes nothing. */
@Injectable()
export class ImportDivision {
  constructor(
    private readonly commands: Commands,
    private readonly separation: Separation,
  ) {}

  handle(call: Call, body: ImportDivisionDto): Promise<Answer<ImportedDto>> {
    const { mofDivCode, person } = call.caller;
    const command = {
      action: 'DivisionService.Import',
      subject: `division/${body.division.mofDivCode}`,
      body,
    };
    return this.commands.run(call, command, async (session) => {
      const wrong = misfit(body, mofDivCode);
      if (wrong) return refused(wrong);
      const subject = `division/${mofDivCode}`;
      const deed = { mofDivCode, person, duty: 'division.import', subject } as const;
      const conflict = await this.separation.conflict(session, deed);
      if (conflict !== null) return refused(conflict);
      await this.separation.record(session, deed);

      await divisions.save(session, body.division, body.calendarOverrides);
      await saveReference(session, mofDivCode, body);
      const { sections, units, projects, codes } = body;
      return accepted({
        mofDivCode,
        sections: sections.length,
        units: units.length,
        projects: projects.length,
        codes: codes.length,
      });
    });
  }
}

function misfit(body: ImportDivisionDto, own: string): Refusal | undefined {
  const given = body.division.mofDivCode;
  if (given !== own) {
    return refuse('division_differs', { field: '/division/mofDivCode', extra: { given, own } });
  }
  const { sections, units, projects, codes } = body;
  const year = ({ table, fiscalYear, code }: (typeof codes)[number]) =>
    `${table} ${fiscalYear} ${code}`;
  return (
    twice('calendarOverrides', body.calendarOverrides, ({ day }) => day) ??
    twice('sections', sections, ({ mofDepCode }) => mofDepCode) ??
    twice('units', units, ({ agencyCode }) => agencyCode) ??
    twice('projects', projects, ({ proCode }) => proCode) ??
    twice('codes', codes, year) ??
    astray('units', units, 'mofDepCode', new Set(sections.map(({ mofDepCode }) => mofDepCode))) ??
    astray('projects', projects, 'agencyCode', new Set(units.map(({ agencyCode }) => agencyCode)))
  );
}

function twice<Row>(
  list: string,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Refusal | undefined {
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const key = keyOf(row);
    if (seen.has(key)) return refuse('key_twice', { field: `/${list}/${index}`, extra: { key } });
    seen.add(key);
  }
  return undefined;
}

/** The first row whose field names what the import does not have. */
function astray<Field extends string>(
  list: string,
  rows: readonly { readonly [name in Field]: string }[],
  field: Field,
  known: ReadonlySet<string>,
): Refusal | undefined {
  const index = rows.findIndex((row) => !known.has(row[field]));
  const code = rows[index]?.[field];
  if (code === undefined) return undefined;
  return refuse('reference_unknown', { field: `/${list}/${index}/${field}`, extra: { code } });
}
