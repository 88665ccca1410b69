import type { Collection } from '@guoku/domain-revenue';
import { Money } from '@guoku/money';
import type { Session } from '@guoku/persistence';
import { collectionColumns, type CollectionRow, stands } from './collection.row.js';

export interface Scope {
  readonly mofDivCode: string;
  readonly actor: string;
  readonly now: Date;
}

/** All SQL that writes collections. */
export class CollectionStore {
  constructor(
    private readonly session: Session,
    private readonly scope: Scope,
  ) {}

  /** Locks the unit, so that a bill cannot be noted or cancelled twice at once. */
  async lockUnit(agencyCode: string): Promise<void> {
    await this.session.execute(
      'select 1 from unit where mof_div_code = :mofDivCode and agency_code = :agencyCode for update',
      { mofDivCode: this.scope.mofDivCode, agencyCode },
    );
  }

  /** The collection with this id, or the one of the bill that stands. */
  async earlier({ collectionId, billNo }: Collection): Promise<CollectionRow | undefined> {
    const [first] = await this.session.rows<CollectionRow>(
      `select ${collectionColumns} from collection r
        where r.mof_div_code = :mofDivCode
          and (r.collection_id = :collectionId::uuid or (r.bill_no = :billNo and ${stands}))
        order by (r.collection_id = :collectionId::uuid) desc`,
      { mofDivCode: this.scope.mofDivCode, collectionId, billNo },
    );
    return first;
  }

  async read(collectionId: string): Promise<CollectionRow | undefined> {
    return this.session.one<CollectionRow>(
      `select ${collectionColumns} from collection r
        where r.mof_div_code = :mofDivCode and r.collection_id = :collectionId`,
      { mofDivCode: this.scope.mofDivCode, collectionId },
    );
  }

  async insert(
    collection: Collection,
    reversal: { readonly of: string; readonly reason: string } | null = null,
  ): Promise<void> {
    const { amount, ...rest } = collection;
    await this.session.execute(
      `insert into collection (mof_div_code, collection_id, bill_no, date, item_code, fund_type_code,
                               agency_code, amount, reversal_of, reason, actor, recorded_at)
       values (:mofDivCode, :collectionId, :billNo, :date, :itemCode, :fundTypeCode, :agencyCode,
               :amount::numeric, :of, :reason, :actor, :now)`,
      {
        ...this.scope,
        ...rest,
        amount: amount.toString(),
        of: reversal?.of ?? null,
        reason: reversal?.reason ?? null,
      },
    );
  }
}

export function collectionOf(row: CollectionRow): Collection {
  const { collectionId, billNo, date, itemCode, fundTypeCode, agencyCode } = row;
  const amount = Money.of(row.amount);
  return { collectionId, billNo, date, itemCode, fundTypeCode, agencyCode, amount };
}
