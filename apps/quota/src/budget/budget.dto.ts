import type { Money } from '@guoku/money';
import {
  BoolField,
  CodeField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  MoneyField,
  PageQuery,
  TextField,
  pageOf,
} from '@guoku/service';
import { SB_SIGNS, SB_STANDARDS, type SbSign, type SbStandard } from '../line/line.row.js';

export class BudgetLineDto {
  @IdField({ description: 'id of the line 指标主键, if the caller gives one', optional: true })
  readonly bgtId?: string;
  @CodeField({ description: 'spending unit 单位代码' })
  readonly agencyCode!: string;
  @CodeField({ description: 'project 项目代码' })
  readonly proCode!: string;
  @CodeField({ description: 'functional classification 支出功能分类' })
  readonly expFuncCode!: string;
  @CodeField({
    description: 'government budget economic classification 政府预算支出经济分类',
    optional: true,
  })
  readonly govBgtEcoCode?: string;
  @CodeField({ description: 'department budget economic classification 部门预算支出经济分类' })
  readonly depBgtEcoCode!: string;
  @CodeField({ description: 'fund nature 资金性质' })
  readonly fundTypeCode!: string;
  @EnumField(SB_SIGNS, { description: 'three guarantees 三保' })
  readonly sbSign!: SbSign;
  @EnumField(SB_STANDARDS, { description: 'their calibre 国家标准 / 地方标准', optional: true })
  readonly sbStandard?: SbStandard;
  @BoolField({ description: 'direct funds 直达资金' })
  readonly isDir!: boolean;
  @TextField({ description: 'note 指标说明', optional: true, max: 500 })
  readonly bgtDec?: string;
  @MoneyField({ description: 'allotted; negative where the document takes away 追减; not zero' })
  readonly amount!: Money;
}

export class EnterBudgetDto {
  @IdField({ description: 'id of the document, if the caller gives one', optional: true })
  readonly id?: string;
  @TextField({ description: 'document number 本级指标文号' })
  readonly corBgtDocNo!: string;
  @IntField({ description: 'budget year', min: 1949, max: 2999 })
  readonly fiscalYear!: number;
  @ListField(() => BudgetLineDto, { description: 'its lines', min: 1, max: 10000 })
  readonly lines: BudgetLineDto[] = [];
}

export class BudgetPath {
  @IdField({ description: 'the document' })
  readonly budgetId!: string;
}

export const BUDGET_STATES = ['entered', 'approved'] as const;
export type BudgetState = (typeof BUDGET_STATES)[number];

export class BudgetDto {
  @IdField({ description: 'the document' })
  readonly budgetId!: string;
  @TextField({ description: 'document number' })
  readonly corBgtDocNo!: string;
  @IntField({ description: 'budget year' })
  readonly fiscalYear!: number;
  @EnumField(BUDGET_STATES, { description: 'entered, or approved and allotted' })
  readonly state!: BudgetState;
  @IntField({ description: 'number of lines' })
  readonly lineCount!: number;
  @MoneyField({ description: 'sum of its lines' })
  readonly total!: string;
  @TextField({ description: 'who entered it' })
  readonly enteredBy!: string;
  @InstantField({ description: 'when' })
  readonly enteredAt!: string;
  @TextField({ description: 'who approved it', nullable: true })
  readonly approvedBy!: string | null;
  @InstantField({ description: 'when', nullable: true })
  readonly approvedAt!: string | null;
  @IntField({ description: 'version' })
  readonly version!: number;
}

export class BudgetQuery extends PageQuery {
  @IntField({ description: 'budget year', optional: true })
  readonly fiscalYear?: number;
  @EnumField(BUDGET_STATES, { description: 'state', optional: true })
  readonly state?: BudgetState;
}

export class BudgetPage extends pageOf(() => BudgetDto, 'by id') {}

/** A line of a document as it is shown; `bgtId` is null until it is allotted, unless the document gave one. */
export class BudgetLineShownDto {
  @IdField({ description: 'the quota line', nullable: true })
  readonly bgtId!: string | null;
  @CodeField({ description: 'spending unit' })
  readonly agencyCode!: string;
  @CodeField({ description: 'project' })
  readonly proCode!: string;
  @CodeField({ description: 'functional classification' })
  readonly expFuncCode!: string;
  @CodeField({ description: 'government budget economic classification', nullable: true })
  readonly govBgtEcoCode!: string | null;
  @CodeField({ description: 'department budget economic classification' })
  readonly depBgtEcoCode!: string;
  @CodeField({ description: 'fund nature' })
  readonly fundTypeCode!: string;
  @EnumField(SB_SIGNS, { description: 'three guarantees' })
  readonly sbSign!: SbSign;
  @EnumField(SB_STANDARDS, { description: 'their calibre', nullable: true })
  readonly sbStandard!: SbStandard | null;
  @BoolField({ description: 'direct funds' })
  readonly isDir!: boolean;
  @TextField({ description: 'note', nullable: true })
  readonly bgtDec!: string | null;
  @MoneyField({ description: 'amount' })
  readonly amount!: string;
}

export class BudgetLinePage extends pageOf(() => BudgetLineShownDto, 'in the document’s order') {}

export class ListBudgetLinesMessage extends PageQuery {
  @IdField({ description: 'the document' })
  readonly budgetId!: string;
}
