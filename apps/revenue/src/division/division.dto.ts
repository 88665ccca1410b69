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

export class UnitDto {
  @CodeField({ description: 'unit 单位代码' })
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

export class AccountDto {
  @CodeField({ description: 'treasury account 国库账户' })
  readonly accountCode!: string;
  @TextField({ description: 'name in Chinese' })
  readonly nameZh!: string;
  @TextField({ description: 'name in English' })
  readonly nameEn!: string;
  @CodeField({ description: 'kind of account' })
  readonly kind!: string;
  @CodeField({ description: 'cash pool that its money belongs to' })
  readonly poolCode!: string;
}

export class CodeDto {
  @EnumField(['income', 'fund_type'], { description: 'code table' })
  readonly table!: 'income' | 'fund_type';
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
    description: 'its calendar’s own days',
    optional: true,
    max: 5000,
  })
  readonly calendarOverrides: CalendarOverrideBody[] = [];
  @ListField(() => UnitDto, { description: 'units', optional: true, max: 20000 })
  readonly units: UnitDto[] = [];
  @ListField(() => AccountDto, { description: 'treasury accounts', optional: true, max: 5000 })
  readonly accounts: AccountDto[] = [];
  @ListField(() => CodeDto, { description: 'code tables by year', optional: true, max: 50000 })
  readonly codes: CodeDto[] = [];
}

export class ImportedDto {
  @CodeField({ description: 'the division' })
  readonly mofDivCode!: string;
  @IntField({ description: 'units of the import' })
  readonly units!: number;
  @IntField({ description: 'accounts of the import' })
  readonly accounts!: number;
  @IntField({ description: 'codes of the import' })
  readonly codes!: number;
}
