import { Injectable } from '@nestjs/common';
import type { WorkingCalendar } from '@guoku/calendar';
import { isDay } from '@guoku/calendar';
import { poolOutlook, type Outlook, type OutlookInput } from '@guoku/domain-forecast';
import { outbox } from '@guoku/messaging';
import { Money } from '@guoku/money';
import { accepted, Commands, divisions, refused, type Answer, type Call } from '@guoku/service';
import { refuse } from '../refusals.js';
import type { ForecastDto, RunForecastDto } from './forecast.dto.js';
import { ForecastStore, type Known, type Snapshot } from './forecast.store.js';
import { openingsOf, plannedPools, shownForecast } from './published-forecast.js';

const HORIZON_DAYS = 90;
const QUANTILE_PERCENT = 10;
const SEED = 1;
/** A day is named once the chance of being short by it is a tenth. */
const ALARM = 0.1;

/** Gathers what is known up to the origin, forecasts, and records what was published: a snapshot that never changes. */
@Injectable()
export class RunForecast {
  constructor(private readonly commands: Commands) {}

  handle(call: Call, dto: RunForecastDto): Promise<Answer<ForecastDto>> {
    const { mofDivCode, person } = call.caller;
    const action = 'ForecastService.Run';
    return this.commands.run(call, { action, body: dto }, async (session, context) => {
      const store = new ForecastStore(session, mofDivCode);
      const division = await divisions.find(session, mofDivCode);
      const origin = dto.origin ?? (await store.lastStatedDay());
      if (division === undefined || origin === undefined)
        return refused(refuse('history_missing', { values: { origin: '' } }));
      const known = await store.known(origin);
      const refusal = missing(dto, known);
      if (refusal !== undefined) return refused(refusal);

      const calendar = await divisions.calendarOf(session, division);
      const outlook = poolOutlook(outlookInput(dto, known, calendar));
      const snapshot: Snapshot = {
        id: dto.id ?? context.newId(),
        origin,
        quantile: quantileOf(dto).toFixed(2),
        seed: SEED,
        cutOff: known.cutOff ?? context.now.toISOString(),
        pools: plannedPools(outlook, known.pools),
        actor: person,
        recordedAt: context.now,
      };
      await store.record(snapshot, outlook);
      await outbox.append(session, [announcement(mofDivCode, snapshot, outlook)]);
      return accepted(shownForecast(snapshot, outlook), {
        status: 201,
        subject: `forecast/${snapshot.id}`,
      });
    });
  }
}

/** What is missing for a forecast from this origin, if anything. */
function missing({ committed = [] }: RunForecastDto, known: Known) {
  const { pools, balances, origin, cutOff } = known;
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
  if (cutOff === null) return refuse('history_missing', { field: '/origin', extra: { origin } });
  return undefined;
}

function quantileOf({ quantilePercent = QUANTILE_PERCENT }: RunForecastDto): number {
  return quantilePercent / 100;
}

function outlookInput(dto: RunForecastDto, known: Known, calendar: WorkingCalendar): OutlookInput {
  const openings = openingsOf(known.pools, known.balances);
  return {
    origin: known.origin,
    horizonDays: dto.horizonDays ?? HORIZON_DAYS,
    quantile: quantileOf(dto),
    seed: SEED,
    alarm: ALARM,
    calendar: {
      isWorkingDay: (day) => isDay(day) && calendar.isWorkingDay(day),
      knows: (year) => calendar.knows(year),
    },
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
