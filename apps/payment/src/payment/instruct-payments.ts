import { Injectable } from '@nestjs/common';
import type { Day } from '@guoku/calendar';
import {
  decideRequest,
  dueParts,
  evolveRequest,
  openDay,
  outstanding,
  undoneParts,
  type DueParts,
  type PayableRequest,
} from '@guoku/domain-payment';
import { Money } from '@guoku/money';
import { Transactor, type Session } from '@guoku/persistence';
import {
  accepted,
  Answer,
  Commands,
  divisions,
  refused,
  Separation,
  type Call,
  type CommandContext,
  type Outcome,
} from '@guoku/service';
import { BusinessDayStore } from '../business-day/business-day.store.js';
import { DivisionStore } from '../division/division.store.js';
import {
  FundRequestStore,
  type RequestChange,
  type StoredRequest,
} from '../fund-request/fund-request.store.js';
import { PlanningStore, type PlannedPart } from '../plan/planning.store.js';
import { refuse } from '../refusals.js';
import type { InstructDto, InstructedPaymentDto, InstructionDto } from './payment.dto.js';
import { stateColumns, type PaymentRow } from './payment.row.js';
import { PaymentStore } from './payment.store.js';
import { PaymentWorker } from './payment-worker.js';

/**
 * Instructs what the plan in force promises for the open day. The command takes the parts out of their requests, in one
 * transaction; then quota is asked about each and the bank is given what it lets through. A crash anywhere in between
 * is gone on from by the worker.
 */
@Injectable()
export class InstructPayments {
  constructor(
    private readonly commands: Commands,
    private readonly separation: Separation,
    private readonly transactor: Transactor,
    private readonly worker: PaymentWorker,
  ) {}

  async handle(call: Call, dto: InstructDto): Promise<Answer<InstructionDto>> {
    const { mofDivCode } = call.caller;
    const info = { action: 'PaymentService.Instruct', subject: `day/${dto.day}`, body: dto };
    const answer = await this.commands.run(call, info, (session, context) =>
      this.take(session, call, context, dto.day),
    );
    if (!answer.result.ok) return new Answer(answer.result, answer.status, null, answer.replay);
    const taken = answer.result.body;
    const rows = call.dryRun
      ? await this.worker.tryOut(mofDivCode, taken.rows)
      : await this.finish(mofDivCode, taken.id);
    const payments = rows.map((row) => outcomeOf(row, call));
    const finished = payments.every(({ outcome }) => outcome !== 'waiting');
    const { id, planId, left } = taken;
    const body = { id, day: String(dto.day), planId, finished, payments, left: [...left] };
    return new Answer({ ok: true, body }, answer.status, null, answer.replay);
  }

  private async finish(mofDivCode: string, instructionId: string): Promise<PaymentRow[]> {
    await this.worker.runDivision(mofDivCode);
    return this.transactor.run(
      (session) => new PaymentStore(session, mofDivCode).ofInstruction(instructionId),
      { readOnly: true },
    );
  }

  private async take(
    session: Session,
    { caller }: Call,
    context: CommandContext,
    day: Day,
  ): Promise<Outcome<Taken>> {
    const { mofDivCode, person } = caller;
    const reference = new DivisionStore(session, mofDivCode);
    if ((await reference.lockSettings()) === undefined) return refused(refuse('not_found'));
    const open = openDay(await new BusinessDayStore(session, mofDivCode).latest());
    if (open !== day) return refused(refuse('day_not_open', { field: '/day', extra: { day } }));
    const deed = { mofDivCode, person, duty: 'payment.instruct', subject: `day/${day}` } as const;
    const conflict = await this.separation.conflict(session, deed);
    if (conflict !== null) return refused(conflict);
    const planId = await new PlanningStore(session, mofDivCode).planInForce();
    if (planId === null) return refused(refuse('no_plan_in_force'));

    const { due, stored } = await lockDue(session, mofDivCode, planId, day);
    const accountOf = await reference.accountOfPool();
    const homeless = due.pay.find(({ poolCode }) => accountOf(poolCode) === undefined);
    if (homeless !== undefined) {
      const { poolCode } = homeless;
      return refused(refuse('pool_without_account', { extra: { poolCode } }));
    }

    const instructionId = context.newId();
    const common = { instructionId, planId, day, person, at: context.now };
    const rows = due.pay.map((part) =>
      newPayment(part, stored.get(part.requestId), {
        ...common,
        id: context.newId(),
        accountCode: accountOf(part.poolCode) ?? '',
      }),
    );
    await new FundRequestStore(session, mofDivCode).save(
      startedBy(rows, stored, person, context.now),
    );
    await new PaymentStore(session, mofDivCode).insert(rows);
    await this.separation.record(session, deed);
    const left = due.leave.map(({ requestId, date, amount, why }) => ({
      requestId,
      date: String(date),
      amount,
      why,
    }));
    const taken = { id: instructionId, planId, rows, left };
    return accepted(taken, { subject: `instruction/${instructionId}` });
  }
}

/** What the command's own transaction did. */
interface Taken {
  readonly id: string;
  readonly planId: string;
  readonly rows: readonly PaymentRow[];
  readonly left: readonly (Pick<LeftPart, 'requestId' | 'amount' | 'why'> & { date: string })[];
}

type LeftPart = DueParts<PlannedPart>['leave'][number];

/** The parts that are due, their requests locked. */
async function lockDue(session: Session, mofDivCode: string, planId: string, day: Day) {
  const planning = new PlanningStore(session, mofDivCode);
  const promised = await planning.partsOf(planId);
  const tried = await planning.triesOf(planId);
  const ids = undoneParts(promised, tried)
    .filter(({ date }) => date <= day)
    .map(({ requestId }) => requestId);
  const stored = await new FundRequestStore(session, mofDivCode).lock(ids);
  const payable = new Map<string, PayableRequest>();
  for (const [id, { state }] of stored) {
    if (state.stage !== 'held') continue;
    payable.set(id, { outstanding: outstanding(state.books), latest: state.content.latest });
  }
  const division = await divisions.find(session, mofDivCode);
  if (division === undefined) throw new Error(`division ${mofDivCode} is not set up`);
  const calendar = await divisions.calendarOf(session, division);
  const lastDay = (latest: Day): Day => calendar.onOrBefore(latest);
  return { due: dueParts(day, promised, tried, payable, lastDay), stored };
}

function newPayment(
  part: PlannedPart,
  stored: StoredRequest | undefined,
  given: {
    readonly id: string;
    readonly instructionId: string;
    readonly planId: string;
    readonly accountCode: string;
    readonly day: Day;
    readonly person: string;
    readonly at: Date;
  },
): PaymentRow {
  if (stored === undefined) throw new Error(`request ${part.requestId} was not locked`);
  return {
    id: given.id,
    instructionId: given.instructionId,
    planId: given.planId,
    requestId: part.requestId,
    partDate: part.date,
    bgtId: stored.row.bgtId,
    poolCode: part.poolCode,
    accountCode: given.accountCode,
    amount: part.amount.toString(),
    ...stateColumns({ stage: 'asked' }),
    day: given.day,
    instructedBy: given.person,
    instructedAt: given.at.toISOString(),
    returnId: null,
    version: 1,
  };
}

/** The parts leave the outstanding of their requests; two parts of one request follow each other. */
function startedBy(
  rows: readonly PaymentRow[],
  stored: ReadonlyMap<string, StoredRequest>,
  actor: string,
  at: Date,
): RequestChange[] {
  return [...Map.groupBy(rows, ({ requestId }) => requestId)].map(([requestId, own]) => {
    const before = stored.get(requestId);
    if (before === undefined) throw new Error(`request ${requestId} was not locked`);
    let { state } = before;
    const events = own.flatMap(({ id, amount }) => {
      const command = { type: 'start-payment', paymentId: id, amount: Money.of(amount) } as const;
      const decision = decideRequest(state, command);
      if (!decision.ok) throw new Error(`${requestId} was due and is refused: ${decision.refusal}`);
      state = decision.events.reduce(evolveRequest, state);
      return decision.events;
    });
    return { before, events, actor, at };
  });
}

function outcomeOf(row: PaymentRow, { language }: Call): InstructedPaymentDto {
  const { id: paymentId, requestId, partDate, amount, stage, declined } = row;
  const waits = stage === 'asked' || stage === 'recalling';
  const outcome = waits ? 'waiting' : stage === 'declined' ? stage : 'instructed';
  const code = declined?.code ?? null;
  const detail = declined?.detail[language] ?? null;
  return { paymentId, requestId, partDate, amount, outcome, code, detail };
}
