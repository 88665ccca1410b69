import type { Day } from '@guoku/calendar';
import type { Money } from '@guoku/money';
import {
  CodeField,
  DayField,
  IdField,
  InstantField,
  MoneyField,
  PageQuery,
  SortField,
  TextField,
  pageOf,
} from '@guoku/service';
import { ReasonDto } from '../receipt/receipt.dto.js';

export class EnterCollectionDto {
  @IdField({ description: 'id of the collection, if the caller gives one', optional: true })
  readonly id?: string;
  @CodeField({ description: 'bill 缴款书 that the payer paid' })
  readonly billNo!: string;
  @DayField({ description: 'when the payer paid' })
  readonly date!: Day;
  @CodeField({ description: 'revenue item 收入科目' })
  readonly itemCode!: string;
  @CodeField({ description: 'fund nature 资金性质' })
  readonly fundTypeCode!: string;
  @CodeField({ description: 'unit that collects 执收单位' })
  readonly agencyCode!: string;
  @MoneyField({ description: 'paid', min: '0.01' })
  readonly amount!: Money;
}

export class CollectionPath {
  @IdField({ description: 'the collection' })
  readonly collectionId!: string;
}

export class ReverseCollectionMessage extends ReasonDto {
  @IdField({ description: 'the collection' })
  readonly collectionId!: string;
}

export class CollectionDto {
  @IdField({ description: 'the collection' })
  readonly collectionId!: string;
  @CodeField({ description: 'bill that was paid' })
  readonly billNo!: string;
  @DayField({ description: 'when the payer paid' })
  readonly date!: string;
  @CodeField({ description: 'revenue item' })
  readonly itemCode!: string;
  @CodeField({ description: 'fund nature' })
  readonly fundTypeCode!: string;
  @CodeField({ description: 'unit that collects' })
  readonly agencyCode!: string;
  @MoneyField({ description: 'paid; negative for a reversal' })
  readonly amount!: string;
  @IdField({ description: 'the collection that it cancels', nullable: true })
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

export const COLLECTION_SORTS = ['date', 'amount'] as const;

export class CollectionQuery extends PageQuery {
  @DayField({ description: 'paid from', optional: true })
  readonly from?: Day;
  @DayField({ description: 'paid to', optional: true })
  readonly to?: Day;
  @CodeField({ description: 'unit', optional: true })
  readonly agencyCode?: string;
  @CodeField({ description: 'bill', optional: true })
  readonly billNo?: string;
  @SortField(COLLECTION_SORTS, 'day')
  readonly sort?: string;
}

export class CollectionPage extends pageOf(() => CollectionDto, 'by day') {}
