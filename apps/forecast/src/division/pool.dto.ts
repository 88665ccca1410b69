import type { Money } from '@guoku/money';
import {
  CodeField,
  DayField,
  InstantField,
  IntField,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
  pageOf,
} from '@guoku/service';

export class ReserveDto {
  @MoneyField({ description: 'safety line 安全线 above the floor', min: '0.00' })
  readonly amount!: Money;
  @IntField({ description: 'open to tiers up to this one', min: 0, max: 99 })
  readonly tiers!: number;
}

export class PoolDto {
  @CodeField({ description: 'cash pool' })
  readonly poolCode!: string;
  @TextField({ description: 'name in Chinese' })
  readonly nameZh!: string;
  @TextField({ description: 'name in English' })
  readonly nameEn!: string;
  @CodeField({ description: 'pool that contains it', optional: true })
  readonly parent?: string;
  @MoneyField({ description: 'nobody goes below' })
  readonly floor!: Money;
  @ObjectField(() => ReserveDto, { description: 'safety line' })
  readonly reserve!: ReserveDto;
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
  @CodeField({ description: 'cash pool that it belongs to' })
  readonly poolCode!: string;
}

export class PoolPage extends pageOf(() => PoolDto, 'by code') {}

export class AccountPage extends pageOf(() => AccountDto, 'by code') {}

export class PositionQuery {
  @InstantField({ description: 'only what was recorded up to this instant', optional: true })
  readonly asOf?: string;
}

export class PositionDto {
  @CodeField({ description: 'cash pool' })
  readonly poolCode!: string;
  @DayField({
    description: 'day at whose end it was in the pool; null before the first statement',
    nullable: true,
  })
  readonly day!: string | null;
  @MoneyField({ description: 'balance, those of the pools below it included' })
  readonly balance!: string;
}

export class PositionsDto {
  @ListField(() => PositionDto, { description: 'every pool' })
  readonly items!: PositionDto[];
}
