import { Injectable } from '@nestjs/common';
import { continuation, type RequestEvent } from '@guoku/domain-payment';
import { Commands, type Answer, type BatchResult, type Call } from '@guoku/service';
import { batchOutcome } from '../batch.js';
import { changeRequests, type RequestTask } from './change-fund-requests.js';
import type {
  CarryOverDto,
  CarryOverFundRequestsDto,
  CarryOverLineDto,
  FundRequestDto,
} from './fund-request.dto.js';

/** What a month could not pay goes on in a later one, as a request of its own; its hold moves with it. */
@Injectable()
export class CarryOverFundRequests {
  constructor(private readonly commands: Commands) {}

  one(call: Call, id: string, dto: CarryOverDto): Promise<Answer<FundRequestDto>> {
    const subject = `fund-request/${id}`;
    const info = { action: 'FundRequestService.CarryOver', subject, body: dto };
    return this.commands.run(call, info, async (session, context) => {
      const line = taskOf(call, { ...dto, id }, context.newId());
      const [outcome] = await changeRequests(session, call, context, [line]);
      if (outcome === undefined) throw new Error('one request has one outcome');
      return outcome;
    });
  }

  batch(call: Call, dto: CarryOverFundRequestsDto): Promise<Answer<BatchResult<FundRequestDto>>> {
    const action = 'FundRequestService.CarryOverBatch';
    return this.commands.run(call, { action, body: dto }, async (session, context) => {
      const tasks = dto.lines.map((line) => taskOf(call, line, context.newId()));
      const outcomes = await changeRequests(session, call, context, tasks);
      return batchOutcome(outcomes, { atomic: dto.atomic ?? true, language: call.language });
    });
  }
}

function taskOf({ caller }: Call, line: CarryOverLineDto, newId: string): RequestTask {
  const { id, month, due, latest = due, nextRequestId = newId } = line;
  const by = caller.person;
  return {
    id,
    command: () => ({ type: 'carry-over', nextRequestId, month, due, latest, by }),
    makes: nextRequestId,
    making: (state, events) =>
      events.flatMap((event): RequestEvent[] => {
        if (state.stage === 'absent' || event.type !== 'carried-over') return [];
        const content = continuation(state.content, { due, latest, amount: event.amount });
        return [{ type: 'continued', id: nextRequestId, content, from: id, by }];
      }),
  };
}
