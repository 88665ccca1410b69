import { Injectable } from '@nestjs/common';
import { Commands, type Answer, type Call } from '@guoku/service';
import { changeRequests } from './change-fund-requests.js';
import type { FundRequestDto, WithdrawDto } from './fund-request.dto.js';

/** A unit no longer wants what is not paid yet; quota gives its hold back to the line. */
@Injectable()
export class WithdrawFundRequest {
  constructor(private readonly commands: Commands) {}

  handle(call: Call, id: string, dto: WithdrawDto): Promise<Answer<FundRequestDto>> {
    const { person: by } = call.caller;
    const info = {
      action: 'FundRequestService.Withdraw',
      subject: `fund-request/${id}`,
      body: dto,
    };
    return this.commands.run(call, info, async (session, context) => {
      const [outcome] = await changeRequests(session, call, context, [
        { id, command: () => ({ type: 'withdraw', by, reason: dto.reason ?? null }) },
      ]);
      if (outcome === undefined) throw new Error('one request has one outcome');
      return outcome;
    });
  }
}
