import type { Day } from '@guoku/calendar';
import { SB_SIGNS, SB_STANDARDS, type SbSign, type SbStandard } from '@guoku/domain-payment';
import type { Money } from '@guoku/money';
import {
  BoolField,
  CalendarOverrideBody,
  CodeField,
  DayField,
  DivisionBody,
  EnumField,
  IntField,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
} from '@guoku/service';
import { ApprovalChainDto, type GivenChain } from '../approval/approval.dto.js';

export class SectionDto {
  @CodeField({ description: 'section 科室' })
  readonly mofDepCode!: string;
  @TextField({ description: 'name in Chinese' })
  readonly nameZh!: string;
  @TextField({ description: 'name in English' })
  readonly nameEn!: string;
}

export class UnitDto {
  @CodeField({ description: 'budget unit 预算单位' })
  readonly agencyCode!: string;
  @TextField({ description: 'name in Chinese' })
  readonly nameZh!: string;
  @TextField({ description: 'name in English' })
  readonly nameEn!: string;
  @CodeField({ description: 'department above 一级预算单位', optional: true })
  readonly supDepCode?: string;
  @CodeField({ description: 'section in charge 业务科室' })
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
  @CodeField({ description: 'cash pool it belongs to' })
  readonly poolCode!: string;
}

export class ReserveDto {
  @MoneyField({ description: 'kept above the floor 安全线; forecast owns it', optional: true })
  readonly amount?: Money;
  @IntField({ description: 'tiers up to this one may draw on it', max: 99 })
  readonly tiers!: number;
}

export class PoolDto {
  @CodeField({ description: 'cash pool 资金池' })
  readonly poolCode!: string;
  @TextField({ description: 'name in Chinese' })
  readonly nameZh!: string;
  @TextField({ description: 'name in English' })
  readonly nameEn!: string;
  @CodeField({ description: 'pool above', optional: true })
  readonly parent?: string;
  @MoneyField({ description: 'nobody goes below; forecast owns it', optional: true })
  readonly floor?: Money;
  @ObjectField(() => ReserveDto, { description: 'safety line' })
  readonly reserve!: ReserveDto;
}

export class LineConditionsDto {
  @EnumField(SB_SIGNS, { description: 'three guarantees 三保', optional: true })
  readonly sbSign?: SbSign;
  @EnumField(SB_STANDARDS, { description: 'calibre of the guarantee', optional: true })
  readonly sbStandard?: SbStandard;
  @BoolField({ description: 'direct funds 直达资金', optional: true })
  readonly isDir?: boolean;
  @CodeField({ description: 'fund nature 资金性质', optional: true })
  readonly fundTypeCode?: string;
  @CodeField({ description: 'first characters of the project', optional: true })
  readonly proCodePrefix?: string;
  @CodeField({ description: 'first digits of the function 功能分类', optional: true })
  readonly expFuncPrefix?: string;
  @CodeField({ description: 'first digits of the department’s economic class', optional: true })
  readonly depEcoPrefix?: string;
  @CodeField({ description: 'first characters of the unit', optional: true })
  readonly agencyPrefix?: string;
}

export class PriorityRuleDto {
  @IntField({ description: 'order in which it is tried' })
  readonly order!: number;
  @IntField({ description: 'tier', max: 99 })
  readonly tier!: number;
  @IntField({ description: 'urgency in the tier', min: 1, max: 99 })
  readonly urgency!: number;
  @CodeField({ description: 'cash pool' })
  readonly pool!: string;
  @BoolField({ description: 'may be paid in parts; missing: the request says', optional: true })
  readonly divisible?: boolean;
  @MoneyField({ description: 'least part', optional: true, min: '0.01' })
  readonly minPart?: Money;
  @ObjectField(() => LineConditionsDto, { description: 'all must hold; none: every line' })
  readonly when!: LineConditionsDto;
  @TextField({ description: 'why, in Chinese', optional: true, max: 500 })
  readonly noteZh?: string;
  @TextField({ description: 'why, in English', optional: true, max: 500 })
  readonly noteEn?: string;
}

export class PriorityPolicyDto {
  @CodeField({ description: 'version' })
  readonly version!: string;
  @DayField({ description: 'in force from this day on' })
  readonly effectiveFrom!: Day;
  @TextField({ description: 'name in Chinese' })
  readonly nameZh!: string;
  @TextField({ description: 'name in English' })
  readonly nameEn!: string;
  @ListField(() => PriorityRuleDto, { description: 'the first that fits decides', min: 1 })
  readonly rules!: PriorityRuleDto[];
}

export class SimulatedBankDto {
  @TextField({ description: 'seed of what it does' })
  readonly seed!: string;
  @IntField({ description: 'times it is asked before it answers', optional: true, max: 1000 })
  readonly pollsBeforeAnswer?: number;
  @IntField({ description: 'times it repeats each answer', optional: true, max: 10 })
  readonly repeats?: number;
  @IntField({
    description: 'share of instructions it refuses, in per cent',
    optional: true,
    max: 100,
  })
  readonly refusedPercent?: number;
  @IntField({
    description: 'share of payments that come back, in per cent',
    optional: true,
    max: 100,
  })
  readonly returnedPercent?: number;
  @IntField({ description: 'days after which they come back', optional: true, max: 400 })
  readonly returnAfterDays?: number;
}

export class PaymentSettingsDto {
  @BoolField({ description: 'may a day’s receipts be paid out that same day?', optional: true })
  readonly sameDayInflow?: boolean;
  @EnumField(['due', 'earliest'], {
    description: 'pay on the due day, or as early as nobody suffers',
    optional: true,
  })
  readonly timing?: 'due' | 'earliest';
  @ObjectField(() => SimulatedBankDto, {
    description: 'behaviour of the SIMULATED bank; missing: it settles everything at once',
    optional: true,
  })
  readonly simulatedBank?: SimulatedBankDto;
}

export class ImportDivisionDto {
  @ObjectField(() => DivisionBody, { description: 'the division' })
  readonly division!: DivisionBody;
  @ListField(() => CalendarOverrideBody, {
    description: 'its own working days',
    max: 5000,
    optional: true,
  })
  readonly calendarOverrides?: CalendarOverrideBody[];
  @ListField(() => SectionDto, { description: 'sections', max: 1000 })
  readonly sections!: SectionDto[];
  @ListField(() => UnitDto, { description: 'units', max: 20_000 })
  readonly units!: UnitDto[];
  @ListField(() => PoolDto, { description: 'cash pools', min: 1, max: 1000 })
  readonly pools!: PoolDto[];
  @ListField(() => AccountDto, { description: 'treasury accounts', max: 5000 })
  readonly accounts!: AccountDto[];
  @ListField(() => PriorityPolicyDto, { description: 'priority policies', max: 200 })
  readonly policies!: PriorityPolicyDto[];
  @ListField(() => ApprovalChainDto, {
    description: 'approval chains by amount; none: one signature of whoever may approve plans',
    max: 200,
    optional: true,
  })
  readonly approvalChains?: GivenChain[];
  @ObjectField(() => PaymentSettingsDto, { description: 'settings', optional: true })
  readonly settings?: PaymentSettingsDto;
}

export class ImportedDivisionDto {
  @CodeField({ description: 'the division' })
  readonly mofDivCode!: string;
  @IntField({ description: 'sections' })
  readonly sections!: number;
  @IntField({ description: 'units' })
  readonly units!: number;
  @IntField({ description: 'pools' })
  readonly pools!: number;
  @IntField({ description: 'accounts' })
  readonly accounts!: number;
  @IntField({ description: 'policies' })
  readonly policies!: number;
  @IntField({ description: 'approval chains' })
  readonly approvalChains!: number;
}
