import { dayOf } from '@guoku/calendar';
import type { PoolSetting, PriorityPolicy, PriorityRule } from '@guoku/domain-payment';
import { Money } from '@guoku/money';
import { json, type Session } from '@guoku/persistence';
import type { GivenChain } from '../approval/approval.dto.js';
import type {
  AccountDto,
  PaymentSettingsDto,
  PoolDto,
  PriorityPolicyDto,
  SectionDto,
  UnitDto,
} from './division.dto.js';

/** A rule as it is stored: amounts are text. */
export interface RuleRow extends Omit<PriorityRule, 'minPart'> {
  readonly minPart?: string;
}

export interface PolicyRow {
  readonly version: string;
  readonly effectiveFrom: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly rules: readonly RuleRow[];
}

export interface PaymentSettings {
  readonly sameDayInflow: boolean;
  readonly timing: 'due' | 'earliest';
}

/** Reference data of one division: brought in by import, read by planning. */
export class DivisionStore {
  constructor(
    private readonly session: Session,
    private readonly mofDivCode: string,
  ) {}

  saveSections(sections: readonly SectionDto[]): Promise<number> {
    return this.upsert('section', ['mof_dep_code'], ['name_zh', 'name_en'], sections);
  }

  saveUnits(units: readonly UnitDto[]): Promise<number> {
    const others = ['name_zh', 'name_en', 'sup_dep_code', 'mof_dep_code'];
    return this.upsert('unit', ['agency_code'], others, units);
  }

  savePools(pools: readonly PoolDto[]): Promise<number> {
    const rows = pools.map(({ reserve, ...pool }) => ({ ...pool, reserveTiers: reserve.tiers }));
    const others = ['name_zh', 'name_en', 'parent', 'reserve_tiers'];
    return this.upsert('pool', ['pool_code'], others, rows);
  }

  saveAccounts(accounts: readonly AccountDto[]): Promise<number> {
    const others = ['name_zh', 'name_en', 'kind', 'pool_code'];
    return this.upsert('account', ['account_code'], others, accounts);
  }

  savePolicies(policies: readonly PriorityPolicyDto[]): Promise<number> {
    const others = ['effective_from', 'name_zh', 'name_en', 'rules'];
    return this.upsert('priority_policy', ['version'], others, policies);
  }

  saveApprovalChains(chains: readonly GivenChain[]): Promise<number> {
    return this.upsert('approval_chain', ['effective_from'], ['steps'], chains);
  }

  async saveSettings(settings: PaymentSettingsDto): Promise<void> {
    const { sameDayInflow = false, timing = 'due', simulatedBank } = settings;
    await this.session.execute(
      `insert into division_setting (mof_div_code, same_day_inflow, timing)
       values (:mofDivCode, :sameDayInflow, :timing)
       on conflict (mof_div_code) do update set
         (same_day_inflow, timing) = (excluded.same_day_inflow, excluded.timing)`,
      { mofDivCode: this.mofDivCode, sameDayInflow, timing },
    );
    if (simulatedBank === undefined) return;
    await this.session.execute(
      `insert into simulated_bank.behaviour (mof_div_code, seed, polls_before_answer, repeats,
                                             refused_percent, returned_percent, return_after_days)
       values (:mofDivCode, :seed, :polls, :repeats, :refused, :returned, :days)
       on conflict (mof_div_code) do update set
         (seed, polls_before_answer, repeats, refused_percent, returned_percent, return_after_days) =
         (excluded.seed, excluded.polls_before_answer, excluded.repeats, excluded.refused_percent,
          excluded.returned_percent, excluded.return_after_days)`,
      {
        mofDivCode: this.mofDivCode,
        seed: simulatedBank.seed,
        polls: simulatedBank.pollsBeforeAnswer ?? 0,
        repeats: simulatedBank.repeats ?? 0,
        refused: simulatedBank.refusedPercent ?? 0,
        returned: simulatedBank.returnedPercent ?? 0,
        days: simulatedBank.returnAfterDays ?? 1,
      },
    );
  }

  /** Locks the division: whoever changes its business days or plans comes one after the other. */
  async lockSettings(): Promise<PaymentSettings | undefined> {
    return this.session.one<PaymentSettings>(
      `select same_day_inflow as "sameDayInflow", timing from division_setting
       where mof_div_code = :mofDivCode for update`,
      { mofDivCode: this.mofDivCode },
    );
  }

  async settings(): Promise<PaymentSettings | undefined> {
    return this.session.one<PaymentSettings>(
      `select same_day_inflow as "sameDayInflow", timing from division_setting
       where mof_div_code = :mofDivCode`,
      { mofDivCode: this.mofDivCode },
    );
  }

  async pools(): Promise<PoolSetting[]> {
    return this.session.rows<PoolSetting>(
      `select pool_code as "poolCode", parent, reserve_tiers as "reserveTiers" from pool
       where mof_div_code = :mofDivCode order by pool_code`,
      { mofDivCode: this.mofDivCode },
    );
  }

  /** The account that each pool pays out of: its own, the first by code, or that of the nearest pool above. */
  async accountOfPool(): Promise<(poolCode: string) => string | undefined> {
    const pools = await this.pools();
    const accounts = await this.session.rows<{ poolCode: string; accountCode: string }>(
      `select pool_code as "poolCode", min(account_code) as "accountCode" from account
       where mof_div_code = :mofDivCode group by pool_code`,
      { mofDivCode: this.mofDivCode },
    );
    const own = new Map(accounts.map(({ poolCode, accountCode }) => [poolCode, accountCode]));
    const parents = new Map(pools.map(({ poolCode, parent }) => [poolCode, parent]));
    return (poolCode) => {
      let at: string | null | undefined = poolCode;
      while (typeof at === 'string' && !own.has(at)) at = parents.get(at);
      return typeof at === 'string' ? own.get(at) : undefined;
    };
  }

  async accountCodes(): Promise<string[]> {
    const rows = await this.session.rows<{ accountCode: string }>(
      `select account_code as "accountCode" from account
       where mof_div_code = :mofDivCode order by account_code`,
      { mofDivCode: this.mofDivCode },
    );
    return rows.map(({ accountCode }) => accountCode);
  }

  async policies(): Promise<PriorityPolicy[]> {
    const rows = await this.policyRows();
    return rows.map(policyOf);
  }

  async policyRows(): Promise<PolicyRow[]> {
    return this.session.rows<PolicyRow>(
      `select version, effective_from as "effectiveFrom", name_zh as "nameZh", name_en as "nameEn",
              rules
         from priority_policy where mof_div_code = :mofDivCode order by effective_from, version`,
      { mofDivCode: this.mofDivCode },
    );
  }

  /** Inserts or updates rows by their key; columns are those of the table, members of the rows camelCase. */
  private async upsert(
    table: string,
    keys: readonly string[],
    others: readonly string[],
    rows: readonly object[],
  ): Promise<number> {
    if (rows.length === 0) return 0;
    const columns = [...keys, ...others];
    const read = columns.map((column) => `"${camelCase(column)}" ${TYPES[column] ?? 'text'}`);
    const values = columns.map((column) => `given."${camelCase(column)}"`);
    return this.session.execute(
      `insert into ${table} (mof_div_code, ${columns.join(', ')})
       select :mofDivCode, ${values.join(', ')} from jsonb_to_recordset(:rows) as given (${read.join(', ')})
       on conflict (mof_div_code, ${keys.join(', ')}) do update set
         ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`,
      { mofDivCode: this.mofDivCode, rows: json(rows) },
    );
  }
}

const TYPES: Readonly<Record<string, string>> = {
  reserve_tiers: 'integer',
  effective_from: 'date',
  rules: 'jsonb',
  steps: 'jsonb',
};

function camelCase(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function policyOf({ version, effectiveFrom, rules }: PolicyRow): PriorityPolicy {
  return {
    version,
    effectiveFrom: dayOf(effectiveFrom),
    rules: rules.map(({ minPart, ...rule }) =>
      minPart === undefined ? rule : { ...rule, minPart: Money.of(minPart) },
    ),
  };
}
