import type { Day } from '@guoku/calendar';
import type { Money } from '@guoku/money';
import {
  BoolField,
  CodeField,
  DayField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  MoneyField,
  PageQuery,
  SortField,
  TextField,
  batchResultOf,
  lineResultOf,
  pageOf,
} from '@guoku/service';

export class EnterReceiptDto {
  @IdField({ description: 'id of the receipt, if the caller gives one', optional: true })
  readonly id?: string;
  @DayField({ description: 'day on which the money was in the account 起息日' })
  readonly valueDate!: Day;
  @CodeField({ description: 'treasury account 国库账户' })
  readonly accountCode!: string;
  @CodeField({ description: 'revenue item 收入科目' })
  readonly itemCode!: string;
  @CodeField({ description: 'fund nature 资金性质' })
  readonly fundTypeCode!: string;
  @CodeField({ description: 'unit 执收单位, where the report names one', optional: true })
  readonly agencyCode?: string;
  @MoneyField({ description: 'amount; negative for a refund; not zero' })
  readonly amount!: Money;
  @CodeField({ description: 'the treasury’s number of the line' })
  readonly reference!: string;
}

export class EnterReceiptsDto {
  @ListField(() => EnterReceiptDto, { description: 'all or none', min: 1, max: 10000 })
  readonly receipts: EnterReceiptDto[] = [];
}

export class EnterReceiptBatchDto {
  @ListField(() => EnterReceiptDto, { description: 'the receipts', min: 1, max: 5000 })
  readonly lines: EnterReceiptDto[] = [];
  @BoolField({ description: 'all or none; otherwise each for itself', optional: true })
  readonly atomic?: boolean;
}

export class ReceiptPath {
  @IdField({ description: 'the receipt' })
  readonly receiptId!: string;
}

export class ReasonDto {
  @TextField({ description: 'why, for the record' })
  readonly reason!: string;
}

export class ReverseReceiptMessage extends ReasonDto {
  @IdField({ description: 'the receipt' })
  readonly receiptId!: string;
}

export class ReceiptDto {
  @IdField({ description: 'the receipt' })
  readonly receiptId!: string;
  @DayField({ description: 'business day on which it is booked' })
  readonly date!: string;
  @DayField({ description: 'day on which the money was in the account' })
  readonly valueDate!: string;
  @CodeField({ description: 'treasury account' })
  readonly accountCode!: string;
  @CodeField({ description: 'cash pool of the account' })
  readonly poolCode!: string;
  @CodeField({ description: 'revenue item' })
  readonly itemCode!: string;
  @CodeField({ description: 'fund nature' })
  readonly fundTypeCode!: string;
  @CodeField({ description: 'unit', nullable: true })
  readonly agencyCode!: string | null;
  @MoneyField({ description: 'amount; negative for a refund or a reversal' })
  readonly amount!: string;
  @CodeField({ description: 'the treasury’s number of the line' })
  readonly reference!: string;
  @IdField({ description: 'the report that it came in', nullable: true })
  readonly fileId!: string | null;
  @IdField({ description: 'the receipt that it cancels', nullable: true })
  readonly reversalOf!: string | null;
  @IdField({ description: 'the reversal that cancelled it', nullable: true })
  readonly reversedBy!: string | null;
  @TextField({ description: 'why it cancels another', nullable: true })
  readonly reason!: string | null;
  @TextField({ description: 'who entered it' })
  readonly actor!: string;
  @InstantField({ description: 'when' })
  readonly recordedAt!: string;
}

export class ReceiptsDto {
  @IntField({ description: 'how many were new' })
  readonly taken!: number;
  @IntField({ description: 'how many were here already' })
  readonly repeated!: number;
  @ListField(() => ReceiptDto, { description: 'the receipts, in the order asked', max: 10000 })
  readonly receipts!: ReceiptDto[];
}

export class ReceiptResultDto extends lineResultOf(() => ReceiptDto, 'the receipt') {}

export class ReceiptResultsDto extends batchResultOf(() => ReceiptResultDto) {}

export const RECEIPT_SORTS = ['valueDate', 'amount'] as const;

export class ReceiptQuery extends PageQuery {
  @DayField({ description: 'value date from', optional: true })
  readonly from?: Day;
  @DayField({ description: 'value date to', optional: true })
  readonly to?: Day;
  @CodeField({ description: 'treasury account', optional: true })
  readonly accountCode?: string;
  @CodeField({ description: 'revenue item', optional: true })
  readonly itemCode?: string;
  @CodeField({ description: 'unit', optional: true })
  readonly agencyCode?: string;
  @IdField({ description: 'the report that they came in', optional: true })
  readonly fileId?: string;
  @SortField(RECEIPT_SORTS, 'value date')
  readonly sort?: string;
}

export class ReceiptPage extends pageOf(() => ReceiptDto, 'by value date') {}

export const TOTAL_GROUPS = ['itemCode', 'fundTypeCode', 'accountCode', 'agencyCode'] as const;
export type TotalGroup = (typeof TOTAL_GROUPS)[number];

export class TotalQuery extends PageQuery {
  @DayField({ description: 'value date from', optional: true })
  readonly from?: Day;
  @DayField({ description: 'value date to', optional: true })
  readonly to?: Day;
  @EnumField(TOTAL_GROUPS, {
    description: 'beside the day; by the day alone if missing',
    optional: true,
  })
  readonly groupBy?: TotalGroup;
  @InstantField({ description: 'receipts recorded up to this instant count', optional: true })
  readonly asOf?: string;
}

export class TotalDto {
  @DayField({ description: 'value date' })
  readonly valueDate!: string;
  @CodeField({
    description: 'the code that it is grouped by; missing units are “-”',
    nullable: true,
  })
  readonly code!: string | null;
  @IntField({ description: 'number of receipts and reversals' })
  readonly count!: number;
  @MoneyField({ description: 'their sum' })
  readonly amount!: string;
}

export class TotalPage extends pageOf(() => TotalDto, 'by day and code') {}
