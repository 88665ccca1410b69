import { Injectable } from '@nestjs/common';
import { Transactor, type Session } from '@guoku/persistence';
import { Pages, type Call, type Page, type PageQuery } from '@guoku/service';
import { Money } from '@guoku/money';
import { openingsOf } from '../forecast/published-forecast.js';
import type { AccountDto, PoolDto, PositionDto, PositionQuery } from './pool.dto.js';

interface PoolRow extends Omit<PoolDto, 'reserve' | 'parent' | 'floor'> {
  readonly floor: string;
  readonly parent: string | null;
  readonly reserve: string;
  readonly tiers: number;
}

const POOLS = `select pool_code as "poolCode", name_zh as "nameZh", name_en as "nameEn", parent, floor, reserve,
  reserve_tiers as tiers from pool where mof_div_code = :mofDivCode`;

/** Reads for screens. */
@Injectable()
export class PoolQueries {
  constructor(
    private readonly transactor: Transactor,
    private readonly pages: Pages,
  ) {}

  async pools({ caller: { mofDivCode } }: Call, query: PageQuery): Promise<Page<PoolDto>> {
    const [after = null] = this.pages.after(query, mofDivCode) ?? [];
    const limit = this.pages.rowsToRead(query);
    const rows = await this.read((session) =>
      session.rows<PoolRow>(
        `${POOLS} and (:after::text is null or pool_code > :after) order by pool_code limit :limit`,
        { mofDivCode, after, limit },
      ),
    );
    return this.pages.page(rows, query, mofDivCode, ({ poolCode }) => [poolCode], shown);
  }

  async accounts({ caller: { mofDivCode } }: Call, query: PageQuery): Promise<Page<AccountDto>> {
    const [after = null] = this.pages.after(query, mofDivCode) ?? [];
    const limit = this.pages.rowsToRead(query);
    const rows = await this.read((session) =>
      session.rows<AccountDto>(
        `select account_code as "accountCode", name_zh as "nameZh", name_en as "nameEn", kind, pool_code as "poolCode"
         from account where mof_div_code = :mofDivCode and (:after::text is null or account_code > :after)
         order by account_code limit :limit`,
        { mofDivCode, after, limit },
      ),
    );
    const keyOf = ({ accountCode }: AccountDto) => [accountCode];
    return this.pages.page(rows, query, mofDivCode, keyOf, (row) => row);
  }

  /** The balance of each pool by the last statement of each of its accounts, as it was known at an instant. */
  async position(
    { caller: { mofDivCode } }: Call,
    query: PositionQuery,
  ): Promise<{ items: PositionDto[] }> {
    const parameters = { mofDivCode, asOf: query.asOf ?? null };
    const { pools, balances } = await this.read(async (session) => ({
      pools: await session.rows<PoolRow>(`${POOLS} order by pool_code`, {
        mofDivCode,
      }),
      balances: await session.rows<{
        accountCode: string;
        poolCode: string;
        closing: string | null;
        day: string | null;
      }>(
        `select a.account_code as "accountCode", a.pool_code as "poolCode", s.closing, s.date as day
         from account a left join lateral (
           select closing, date from statement s
           where s.mof_div_code = a.mof_div_code and s.account_code = a.account_code
             and (:asOf::timestamptz is null or s.recorded_at <= :asOf)
           order by date desc limit 1) s on true
         where a.mof_div_code = :mofDivCode`,
        parameters,
      ),
    }));
    const openings = openingsOf(pools, balances);
    const days = balances.map(({ day }) => day ?? '').sort();
    const day = days[0] === undefined || days[0] === '' ? null : days[0];
    return {
      items: pools.map(({ poolCode }) => ({
        poolCode,
        day,
        balance: (openings.get(poolCode) ?? Money.of('0.00')).toString(),
      })),
    };
  }

  private read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.transactor.run(work, { readOnly: true });
  }
}

function shown({ parent, floor, reserve, tiers, ...pool }: PoolRow): PoolDto {
  return {
    ...pool,
    ...(parent === null ? {} : { parent }),
    floor: Money.of(floor),
    reserve: { amount: Money.of(reserve), tiers },
  };
}
