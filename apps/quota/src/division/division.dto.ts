import {
  CalendarOverrideBody,
  CodeField,
  DivisionBody,
  EnumField,
  IntField,
  ListField,
  ObjectField,
  TextField,
} from '@guoku/service';

export class SectionDto {
  @CodeField({ description: 'section of the finance office 业务处室' })
  readonly mofDepCode!: string;
  @TextField({ description: 'name in Chinese' })
  readonly nameZh!: string;
  @TextField({ description: 'name in English' })
  readonly nameEn!: string;
}

export class UnitDto {
  @CodeField({ description: 'spending unit 单位代码' })
  readonly agencyCode!: string;
  @TextField({ description: 'name in Chinese' })
  readonly nameZh!: string;
  @TextField({ description: 'name in English' })
  readonly nameEn!: string;
  @CodeField({ description: 'department above 一级预算单位', optional: true })
  readonly supDepCode?: string;
  @CodeField({ description: 'section in charge' })
  readonly mofDepCode!: string;
}

export class ProjectDto {
  @CodeField({ description: 'project 项目代码' })
  readonly proCode!: string;
  @TextField({ description: 'name in Chinese' })
  readonly nameZh!: string;
  @TextField({ description: 'name in English' })
  readonly nameEn!: string;
  @CodeField({ description: 'unit of the project' })
  readonly agencyCode!: string;
}

export const CODE_TABLES = ['exp_func', 'gov_eco', 'dep_eco', 'fund_type', 'income'] as const;

export class CodeDto {
  @EnumField(CODE_TABLES, { description: 'code table' })
  readonly table!: (typeof CODE_TABLES)[number];
  @IntField({ description: 'year for which the code holds', min: 1949, max: 2999 })
  readonly fiscalYear!: number;
  @CodeField({ description: 'the code' })
  readonly code!: string;
  @TextField({ description: 'name in Chinese' })
  readonly nameZh!: string;
  @TextField({ description: 'name in English' })
  readonly nameEn!: string;
  @CodeField({ description: 'code above', optional: true })
  readonly parent?: string;
}

export class ImportDivisionDto {
  @ObjectField(() => DivisionBody, { description: 'the division 区划' })
  readonly division!: DivisionBody;
  @ListField(() => CalendarOverrideBody, {
    optional: true,
    description: 'its calendar’s own days',
    max: 5000,
  })
  readonly calendarOverrides: CalendarOverrideBody[] = [];
  @ListField(() => SectionDto, {
    optional: true,
    description: 'sections of its finance office',
    max: 500,
  })
  readonly sections: SectionDto[] = [];
  @ListField(() => UnitDto, { optional: true, description: 'spending units', max: 20000 })
  readonly units: UnitDto[] = [];
  @ListField(() => ProjectDto, { optional: true, description: 'projects', max: 50000 })
  readonly projects: ProjectDto[] = [];
  @ListField(() => CodeDto, { optional: true, description: 'code tables by year', max: 50000 })
  readonly codes: CodeDto[] = [];
}

export class ImportedDto {
  @CodeField({ description: 'the division' })
  readonly mofDivCode!: string;
  @IntField({ description: 'sections of the import' })
  readonly sections!: number;
  @IntField({ description: 'units of the import' })
  readonly units!: number;
  @IntField({ description: 'projects of the import' })
  readonly projects!: number;
  @IntField({ description: 'codes of the import' })
  readonly codes!: number;
}
