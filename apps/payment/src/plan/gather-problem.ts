import { createHash } from 'node:crypto';
import { dayOf, type Day } from '@guoku/calendar';
import {
  gatherProblem,
  policyOn,
  undoneParts,
  type Classification,
  type PromisedPart,
} from '@guoku/domain-payment';
import { readProblem, type Problem } from '@guoku/domain-schedule';
import type { Session } from '@guoku/persistence';
import { divisions, type Refusal } from '@guoku/service';
import { BusinessDayStore } from '../business-day/business-day.store.js';
import { DivisionStore } from '../division/division.store.js';
import { refuse } from '../refusals.js';
import { PlanningStore } from './planning.store.js';

/** A problem as it stands now, with its digest and what the plan's row needs. */
export interface GatheredProblem {
  readonly problem: Problem;
  /** As it is recorded, and read again by the command line. */
  readonly text: string;
  /** SHA-256 of the problem in RFC 8785 form. */
  readonly digest: string;
  readonly forecastId: string;
  readonly policyVersion: string;
  readonly classified: ReadonlyMap<string, Classification>;
  /** Parts of the plan in force that are not done. */
  readonly promised: readonly PromisedPart[];
}

export interface PlanningRange {
  readonly today: Day;
  readonly horizonTo: Day;
  /** Null: the latest. */
  readonly forecastId: string | null;
}

/** Reads everything that a plan is made from, in one transaction, and puts it into the planner's own form. */
export async function gather(
  session: Session,
  mofDivCode: string,
  range: PlanningRange,
): Promise<GatheredProblem | Refusal> {
  const { today, horizonTo, forecastId } = range;
  const reference = new DivisionStore(session, mofDivCode);
  const planning = new PlanningStore(session, mofDivCode);
  const division = await divisions.find(session, mofDivCode);
  const settings = await reference.settings();
  if (division === undefined || settings === undefined) return refuse('not_found');

  const inForce = await planning.planInForce();
  const promised =
    inForce === null
      ? []
      : undoneParts(await planning.partsOf(inForce), await planning.triesOf(inForce));
  const policy = policyOn(today, await reference.policies());
  const forecast = await planning.forecast(forecastId);
  const lastClosed = await new BusinessDayStore(session, mofDivCode).lastClosed();
  const gathering = gatherProblem({
    today,
    horizonTo,
    ...settings,
    lastClosedDay: lastClosed === null ? null : dayOf(lastClosed),
    calendar: await divisions.calendarOf(session, division),
    policy,
    pools: await reference.pools(),
    forecast,
    requests: await planning.openRequests(),
    promised,
    unbooked: forecast === undefined ? [] : await planning.unbooked(forecast.origin, today),
  });
  if (!gathering.ok) return refuse(gathering.refusal);

  const text = JSON.stringify(gathering.problem);
  const reading = readProblem(text);
  if (!reading.ok) return refuse('problem_faulty', { extra: { faults: reading.faults } });
  return {
    problem: reading.problem,
    text,
    digest: createHash('sha256').update(reading.canonical).digest('hex'),
    forecastId: forecast?.snapshotId ?? '',
    policyVersion: policy?.version ?? '',
    classified: gathering.classified,
    promised,
  };
}
