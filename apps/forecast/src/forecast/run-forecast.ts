import { Injectable } from '@nestjs/common';
import type { Outlook, OutlookInput } from '@guoku/domain-forecast';
import { outbox } from '@guoku/messaging';
import { Money } from '@guoku/money';
import { Transactor } from '@guoku/persistence';
import { accepted, Commands, divisions, refused } from '@guoku/service';
import type { Answer, Call, Refusal } from '@guoku/service';
import { refuse } from '../refusals.js';
import type { ForecastDto, RunForecastDto } from './forecast.dto.js';
import { ForecastStore, type Known } from './forecast.store.js';
import { Forecaster, type OutlookTask } from './forecaster.js';
import { openingsOf, plannedPools, shownForecast } from './published-forecast.js';
import type { Snapshot } from './snapshot.row.js';

const HORIZON_DAYS = 90;
const QUANTILE_PERCENT = 10;
const SEED = 1;
/** A day is named once the chance of being short by it is a tenth. */
const ALARM = 0.1;

/**
 * Gathers what is known up to the origin, forecasts, and records what was published: a snapshot that never changes.
 * Forecasting takes its time, so no transaction is open meanwhile: what was gathered is of one instant, and a flow that
 * comes later belongs to the next forecast. A command that is repeated computes once more and is answered as before.
 */
@Injectable()
export class RunForecast {
  constructor(
    private readonly commands: Commands,
    private readonly transactor: Transactor,
    private readonly forecaster: Forecaster,
  ) {}

  async handle(call: Call, dto: RunForecastDto): Promise<Answer<ForecastDto>> {
    const { mofDivCode, person } = call.caller;
    const gathered = await this.gather(mofDivCode, dto);
    const outlook = gathered.ok ? await this.forecaster.outlook(gathered.task) : undefined;

    const action = 'ForecastService.Run';
    return this.commands.run(call, { action, body: dto }, async (session, context) => {
      if (!gathered.ok) return refused(gathered.refusal);
      if (outlook === undefined) throw new Error('what was gathered was not forecast');
      const snapshot: Snapshot = {
        id: dto.id ?? context.newId(),
        origin: gathered.known.origin,
        quantile: quantileOf(dto).toFixed(2),
        seed: SEED,
        cutOff: gathered.cutOff,
        pools: plannedPools(outlook, gathered.known.pools),
        actor: person,
        recordedAt: context.now,
      };
      const { id } = snapshot;
      const isRecorded = await new ForecastStore(session, mofDivCode).record(snapshot, outlook);
      if (!isRecorded) return refused(refuse('id_taken', { field: '/id', extra: { id } }));
      await outbox.append(session, [announcement(mofDivCode, snapshot, outlook)]);
      return accepted(shownForecast(snapshot, outlook), { status: 201, subject: `forecast/${id}` });
    });
  }

  /** All of it as it was at one instant. */
  private gather(mofDivCode: string, dto: RunForecastDto): Promise<Gathered> {
    return this.transactor.run(
      async (session) => {
        const store = new ForecastStore(session, mofDivCode);
        const division = await divisions.find(session, mofDivCode);
        const origin = dto.origin ?? (await store.lastStatedDay());
        if (division === undefined || origin === undefined) return no(refuse('nothing_stated'));
        const known = await store.known(origin);
        const refusal = missing(dto, known);
        if (refusal !== undefined) return no(refusal);
        const { cutOff } = known;
        if (cutOff === null) return no(refuse('history_missing', { extra: { origin } }));

        const overrides = await divisions.overridesOf(session, division);
        const { calendar } = division;
        const task = { ...outlookInput(dto, known), calendar, overrides };
        return { ok: true, known, cutOff, task };
      },
      { isolation: 'repeatable read', readOnly: true },
    );
  }
}

type Gathered =
  | { readonly ok: false; readonly refusal: Refusal }
  | {
      readonly ok: true;
      readonly known: Known;
      readonly cutOff: string;
      readonly task: OutlookTask;
    };

const no = (refusal: Refusal) => ({ ok: false, refusal }) as const;

/** What is missing for a forecast from this origin, if anything. */
function missing({ committed = [] }: RunForecastDto, known: Known) {
  const { pools, balances, origin } = known;
  if (balances.length === 0) return refuse('nothing_stated');
  const unstated = balances.find(({ closing }) => closing === null);
  if (unstated !== undefined)
    return refuse('statement_missing', { field: '/origin', extra: { ...unstated, origin } });
  const codes = new Set(pools.map(({ poolCode }) => poolCode));
  const astray = committed.findIndex(({ poolCode }) => !codes.has(poolCode));
  if (astray >= 0)
    return refuse('pool_unknown', {
      field: `/committed/${String(astray)}/poolCode`,
      extra: { poolCode: committed[astray]?.poolCode },
    });
  const past = committed.findIndex(({ day }) => day <= origin);
  if (past >= 0)
    return refuse('committed_past', {
      field: `/committed/${String(past)}/day`,
      extra: { day: committed[past]?.day, origin },
    });
  return undefined;
}

function quantileOf({ quantilePercent = QUANTILE_PERCENT }: RunForecastDto): number {
  return quantilePercent / 100;
}

function outlookInput(dto: RunForecastDto, known: Known): Omit<OutlookInput, 'calendar'> {
  const openings = openingsOf(known.pools, known.balances);
  return {
    origin: known.origin,
    horizonDays: dto.horizonDays ?? HORIZON_DAYS,
    quantile: quantileOf(dto),
    seed: SEED,
    alarm: ALARM,
    pools: known.pools.map(({ poolCode, parent, floor }) => ({
      poolCode,
      ...(parent === null ? {} : { parent }),
      opening: openings.get(poolCode)?.toPlainFen() ?? 0,
      floor: Money.of(floor).toPlainFen(),
    })),
    series: known.series,
    committed: (dto.committed ?? []).map((each) => ({ ...each, amount: each.amount.toPlainFen() })),
  };
}

function announcement(mofDivCode: string, snapshot: Snapshot, outlook: Outlook) {
  const { id, origin, quantile, pools, actor } = snapshot;
  return {
    type: 'guoku.forecast.published.v1',
    subject: id,
    mofDivCode,
    aggregateId: mofDivCode,
    actor,
    data: {
      snapshotId: id,
      origin,
      model: outlook.model,
      quantile,
      errorBuffer: 'quantile',
      days: outlook.days,
      pools,
    },
  } as const;
}
