import { Injectable } from '@nestjs/common';
import type { Day } from '@guoku/calendar';
import { type HoldCommand, placeOf } from '@guoku/domain-quota';
import type { Session } from '@guoku/persistence';
import {
  accepted,
  type Answer,
  type Call,
  type CommandContext,
  Commands,
  type Outcome,
  refused,
  runBatch,
  type BatchResult,
} from '@guoku/service';
import { lockLines } from '../line/lock-lines.js';
import { reaches } from '../line/line.reach.js';
import type { Scope } from '../line/line.store.js';
import { changeHold, type HoldChanged, type HoldChangeOrder } from './change-hold.js';
import { fiscalYearAt } from './fiscal-year.js';
import type {
  ConfirmationDto,
  ConfirmHoldMessage,
  ConfirmationPath,
  HoldDto,
  HoldPath,
  PlaceHoldDto,
  PlaceHoldsDto,
} from './hold.dto.js';
import { holdShown } from './hold.queries.js';
import type { LockedHold } from './hold.store.js';

/** The use cases of holds, shared by REST and gRPC. */
@Injectable()
export class Holds {
  constructor(private readonly commands: Commands) {}

  place(call: Call, body: PlaceHoldDto): Promise<Answer<HoldDto>> {
    const command = { action: 'HoldService.Place', subject: `hold/${body.requestId}`, body };
    return this.commands.run(call, command, (session, context) =>
      place(session, call, context, body),
    );
  }

  placeBatch(call: Call, body: PlaceHoldsDto): Promise<Answer<BatchResult<HoldDto>>> {
    const { lines, atomic = false } = body;
    const command = { action: 'HoldService.PlaceBatch', subject: 'hold', body };
    return this.commands.run(call, command, async (session, context) => {
      await lockLines(
        session,
        call.caller.mofDivCode,
        lines.map(({ bgtId }) => bgtId),
      );
      return runBatch(session, lines, { atomic, language: call.language }, (line) =>
        place(session, call, context, line),
      );
    });
  }

  release(call: Call, { requestId }: HoldPath): Promise<Answer<HoldDto>> {
    const command = { action: 'HoldService.Release', subject: `hold/${requestId}`, body: {} };
    return this.commands.run(call, command, async (session, context) => {
      const release: HoldCommand = { type: 'release', byRequest: false };
      const order = { requestId, ...orderOf(call), command: () => release };
      return shown(await changeHold(session, scopeOf(call, context), order), holdOfState);
    });
  }

  confirm(call: Call, body: ConfirmHoldMessage): Promise<Answer<ConfirmationDto>> {
    const { requestId, paymentId, amount, date } = body;
    const command = { action: 'HoldService.Confirm', subject: `hold/${requestId}`, body };
    return this.commands.run(call, command, async (session, context) => {
      const confirm = ({ row }: LockedHold): HoldCommand => {
        return { type: 'confirm', paymentId, amount, fiscalYear: yearOf(date, row) };
      };
      const order = { requestId, paymentId, ...orderOf(call), command: confirm };
      return shown(await changeHold(session, scopeOf(call, context), order), partOfState);
    });
  }

  cancelConfirm(call: Call, path: ConfirmationPath): Promise<Answer<ConfirmationDto>> {
    const { requestId, paymentId } = path;
    const subject = `hold/${requestId}`;
    const command = { action: 'HoldService.CancelConfirm', subject, body: { paymentId } };
    return this.commands.run(call, command, async (session, context) => {
      const cancel: HoldCommand = { type: 'cancel', paymentId };
      const order = { requestId, paymentId, ...orderOf(call), command: () => cancel };
      return shown(await changeHold(session, scopeOf(call, context), order), partOfState);
    });
  }
}

async function place(
  session: Session,
  call: Call,
  context: CommandContext,
  { requestId, bgtId, amount }: PlaceHoldDto,
): Promise<Outcome<HoldDto>> {
  const hold = async ({ row }: LockedHold): Promise<HoldCommand> => {
    const fiscalYear = row ? yearOf(await context.today(), row) : 0;
    return { type: 'hold', requestId, amount, fiscalYear };
  };
  const order = { requestId, bgtId, ...orderOf(call), command: hold };
  return shown(await changeHold(session, scopeOf(call, context), order), holdOfState, 201);
}

function scopeOf({ caller }: Call, { now }: CommandContext): Scope {
  return { mofDivCode: caller.mofDivCode, actor: caller.person, now };
}

function orderOf(call: Call): Pick<HoldChangeOrder, 'reaches'> {
  return { reaches: (line) => reaches(call, line) };
}

/** No line has year 0, and a missing line is refused before its year is asked. */
function yearOf(day: Day, row: LockedHold['row']): number {
  return row ? fiscalYearAt(day, row.fiscalYearStart) : 0;
}

type Done = Extract<HoldChanged, { ok: true }>;

function shown<T>(changed: HoldChanged, show: (done: Done) => T, status: 200 | 201 = 200) {
  return changed.ok ? accepted(show(changed), { status }) : refused(changed.refusal);
}

function holdOfState({ state, heldAt }: Done): HoldDto {
  if (!state.hold) throw new Error('a hold was changed that does not exist');
  return holdShown(state.hold, heldAt);
}

function partOfState({ state: { part, line } }: Done): ConfirmationDto {
  if (!part || !line) throw new Error('a payment was changed that is not known');
  const { requestId, paymentId, amount } = part;
  return {
    requestId,
    bgtId: line.bgtId,
    paymentId,
    amount: amount.toString(),
    place: placeOf(part),
  };
}
