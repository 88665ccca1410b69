import type { Money } from '@guoku/money';
import { MOVEMENT_KINDS } from '@guoku/domain-quota';
import {
  BoolField,
  CodeField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  MoneyField,
  PageQuery,
  SortField,
  TextField,
  pageOf,
} from '@guoku/service';
import { SB_SIGNS, SB_STANDARDS, type SbSign, type SbStandard } from './line.row.js';

export class LinePath {
  @IdField({ description: 'the quota line 指标' })
  readonly bgtId!: string;
}

export class AsOfQuery {
  @InstantField({
    description: 'movements up to this instant count; now if missing',
    optional: true,
  })
  readonly asOf?: string;
}

export class GetLineMessage extends AsOfQuery {
  @IdField({ description: 'the quota line' })
  readonly bgtId!: string;
}

export class ChangeLineDto {
  @MoneyField({ description: 'how much; all of it if missing', min: '0.01', optional: true })
  readonly amount?: Money;
  @TextField({ description: 'why, for the record' })
  readonly reason!: string;
}

export class ReclaimDto {
  @MoneyField({ description: 'how much', min: '0.01' })
  readonly amount!: Money;
  @TextField({ description: 'why, for the record' })
  readonly reason!: string;
}

export class ChangeLineMessage extends ChangeLineDto {
  @IdField({ description: 'the quota line' })
  readonly bgtId!: string;
}

export class ReclaimMessage extends ReclaimDto {
  @IdField({ description: 'the quota line' })
  readonly bgtId!: string;
}

export class LineDto {
  @IdField({ description: 'id of the line 指标主键' })
  readonly bgtId!: string;
  @IntField({ description: 'budget year' })
  readonly fiscalYear!: number;
  @CodeField({ description: 'spending unit 单位代码' })
  readonly agencyCode!: string;
  @CodeField({ description: 'section in charge 业务处室' })
  readonly mofDepCode!: string;
  @CodeField({ description: 'project 项目代码' })
  readonly proCode!: string;
  @CodeField({ description: 'functional classification 支出功能分类' })
  readonly expFuncCode!: string;
  @CodeField({ description: 'government budget economic classification', nullable: true })
  readonly govBgtEcoCode!: string | null;
  @CodeField({ description: 'department budget economic classification 部门预算支出经济分类' })
  readonly depBgtEcoCode!: string;
  @CodeField({ description: 'fund nature 资金性质' })
  readonly fundTypeCode!: string;
  @TextField({ description: 'document that made the line 本级指标文号' })
  readonly corBgtDocNo!: string;
  @EnumField(SB_SIGNS, { description: 'three guarantees 三保' })
  readonly sbSign!: SbSign;
  @EnumField(SB_STANDARDS, { description: 'their calibre', nullable: true })
  readonly sbStandard!: SbStandard | null;
  @BoolField({ description: 'direct funds 直达资金' })
  readonly isDir!: boolean;
  @TextField({ description: 'note 指标说明', nullable: true })
  readonly bgtDec!: string | null;
  @BoolField({ description: 'frozen as a whole: nothing is held or confirmed' })
  readonly isFrozen!: boolean;
  @MoneyField({ description: 'available + frozen + held + inTransit + spent' })
  readonly allotted!: string;
  @MoneyField({ description: 'may still be held 可用' })
  readonly available!: string;
  @MoneyField({ description: 'frozen 冻结' })
  readonly frozen!: string;
  @MoneyField({ description: 'held for requests 占用' })
  readonly held!: string;
  @MoneyField({ description: 'in transit 在途' })
  readonly inTransit!: string;
  @MoneyField({ description: 'spent, net of what came back in the same year 已支付' })
  readonly spent!: string;
  @MoneyField({ description: 'how much of it came back and was restored, in all 退回' })
  readonly returned!: string;
  @IntField({ description: 'counts officers’ changes; holds and payments do not count' })
  readonly version!: number;
}

export const LINE_SORTS = ['bgtId', 'agencyCode', 'available'] as const;

export class LineQuery extends PageQuery {
  @IntField({ description: 'budget year', optional: true })
  readonly fiscalYear?: number;
  @CodeField({ description: 'spending unit', optional: true })
  readonly agencyCode?: string;
  @CodeField({ description: 'section', optional: true })
  readonly mofDepCode?: string;
  @CodeField({ description: 'project', optional: true })
  readonly proCode?: string;
  @CodeField({ description: 'fund nature', optional: true })
  readonly fundTypeCode?: string;
  @EnumField(SB_SIGNS, { description: 'three guarantees', optional: true })
  readonly sbSign?: SbSign;
  @TextField({ description: 'document number', optional: true })
  readonly corBgtDocNo?: string;
  @SortField(LINE_SORTS, 'id')
  readonly sort?: string;
}

export class LinePage extends pageOf(() => LineDto, 'by id') {}

export class MovementDto {
  @CodeField({ description: 'number, in the order of the line’s movements' })
  readonly movementId!: string;
  @IdField({ description: 'the quota line' })
  readonly bgtId!: string;
  @EnumField(MOVEMENT_KINDS, { description: 'what happened' })
  readonly kind!: string;
  @CodeField({ description: 'account that is debited' })
  readonly debit!: string;
  @CodeField({ description: 'account that is credited' })
  readonly credit!: string;
  @MoneyField({ description: 'how much' })
  readonly amount!: string;
  @IdField({ description: 'budget document', nullable: true })
  readonly budgetId!: string | null;
  @IdField({ description: 'fund request', nullable: true })
  readonly requestId!: string | null;
  @IdField({ description: 'payment', nullable: true })
  readonly paymentId!: string | null;
  @TextField({ description: 'person or service' })
  readonly actor!: string;
  @InstantField({ description: 'when' })
  readonly movedAt!: string;
}

export class MovementPage extends pageOf(() => MovementDto, 'oldest first') {}

export class ListMovementsMessage extends PageQuery {
  @IdField({ description: 'the quota line' })
  readonly bgtId!: string;
}
