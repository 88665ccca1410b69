import { Injectable } from '@nestjs/common';
import { Commands, type Answer, type BatchResult, type Call } from '@guoku/service';
import { batchOutcome } from '../batch.js';
import { refuse } from '../refusals.js';
import { changeRequests, type RequestTask } from './change-fund-requests.js';
import type {
  FundRequestDto,
  ReviewDto,
  ReviewFundRequestsDto,
  ReviewLineDto,
} from './fund-request.dto.js';

/** The section in charge of the unit submits a request to quota, or returns it to the unit. */
@Injectable()
export class ReviewFundRequests {
  constructor(private readonly commands: Commands) {}

  one(call: Call, id: string, dto: ReviewDto): Promise<Answer<FundRequestDto>> {
    const info = { action: 'FundRequestService.Review', subject: `fund-request/${id}`, body: dto };
    return this.commands.run(call, info, async (session, context) => {
      const line = taskOf(call, { ...dto, id });
      const [outcome] = await changeRequests(session, call, context, [line]);
      if (outcome === undefined) throw new Error('one request has one outcome');
      return outcome;
    });
  }

  batch(call: Call, dto: ReviewFundRequestsDto): Promise<Answer<BatchResult<FundRequestDto>>> {
    const action = 'FundRequestService.ReviewBatch';
    return this.commands.run(call, { action, body: dto }, async (session, context) => {
      const tasks = dto.lines.map((line) => taskOf(call, line));
      const outcomes = await changeRequests(session, call, context, tasks);
      return batchOutcome(outcomes, { atomic: dto.atomic ?? true, language: call.language });
    });
  }
}

function taskOf({ caller }: Call, { id, decision, note = '' }: ReviewLineDto): RequestTask {
  return {
    id,
    command: (_state, unit) =>
      caller.mofDepCode === unit.mofDepCode
        ? { type: 'review', decision, note, by: caller.person }
        : refuse('not_own_section'),
  };
}
