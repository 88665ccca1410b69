import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, IfMatch, type Call } from '@guoku/service';
import { AmendFundRequest } from './amend-fund-request.js';
import { CarryOverFundRequests } from './carry-over-fund-requests.js';
import { EnterFundRequests } from './enter-fund-requests.js';
import {
  AmendGrpcDto,
  CarryOverFundRequestsDto,
  CarryOverLineDto,
  EnterFundRequestDto,
  EnterFundRequestsDto,
  FundRequestQuery,
  GetFundRequestGrpcDto,
  ReviewFundRequestsDto,
  ReviewLineDto,
  WithdrawGrpcDto,
} from './fund-request.dto.js';
import { FundRequestQueries } from './fund-request.queries.js';
import { ReviewFundRequests } from './review-fund-requests.js';
import { WithdrawFundRequest } from './withdraw-fund-request.js';

@Controller()
export class EnterFundRequestGrpcController {
  constructor(
    private readonly enter: EnterFundRequests,
    private readonly amending: AmendFundRequest,
    private readonly withdrawing: WithdrawFundRequest,
    private readonly carryingOver: CarryOverFundRequests,
  ) {}

  @GrpcUseCase('FundRequestService.Enter')
  @Duty('fund-request.enter')
  one(@CurrentCall() call: Call, @Payload() body: EnterFundRequestDto) {
    return this.enter.one(call, body);
  }

  @GrpcUseCase('FundRequestService.EnterBatch')
  @Duty('fund-request.enter')
  batch(@CurrentCall() call: Call, @Payload() body: EnterFundRequestsDto) {
    return this.enter.batch(call, body);
  }

  @GrpcUseCase('FundRequestService.Amend')
  @Duty('fund-request.enter')
  @IfMatch()
  amend(@CurrentCall() call: Call, @Payload() { id, ...content }: AmendGrpcDto) {
    return this.amending.handle(call, id, content);
  }

  @GrpcUseCase('FundRequestService.Withdraw')
  @Duty('fund-request.enter')
  withdraw(@CurrentCall() call: Call, @Payload() { id, ...body }: WithdrawGrpcDto) {
    return this.withdrawing.handle(call, id, body);
  }

  @GrpcUseCase('FundRequestService.CarryOver')
  @Duty('fund-request.enter', 'fund-request.review')
  carryOver(@CurrentCall() call: Call, @Payload() { id, ...body }: CarryOverLineDto) {
    return this.carryingOver.one(call, id, body);
  }

  @GrpcUseCase('FundRequestService.CarryOverBatch')
  @Duty('fund-request.enter', 'fund-request.review')
  carryOverBatch(@CurrentCall() call: Call, @Payload() body: CarryOverFundRequestsDto) {
    return this.carryingOver.batch(call, body);
  }
}

@Controller()
export class FundRequestGrpcController {
  constructor(
    private readonly reviewing: ReviewFundRequests,
    private readonly queries: FundRequestQueries,
  ) {}

  @GrpcUseCase('FundRequestService.Review')
  @Duty('fund-request.review')
  review(@CurrentCall() call: Call, @Payload() { id, ...body }: ReviewLineDto) {
    return this.reviewing.one(call, id, body);
  }

  @GrpcUseCase('FundRequestService.ReviewBatch')
  @Duty('fund-request.review')
  reviewBatch(@CurrentCall() call: Call, @Payload() body: ReviewFundRequestsDto) {
    return this.reviewing.batch(call, body);
  }

  @GrpcUseCase('FundRequestService.List')
  @Duty('fund-request.read', 'fund-request.enter', 'fund-request.review', 'plan.read')
  list(@CurrentCall() call: Call, @Payload() query: FundRequestQuery) {
    return this.queries.list(call, query);
  }

  @GrpcUseCase('FundRequestService.Get')
  @Duty('fund-request.read', 'fund-request.enter', 'fund-request.review', 'plan.read')
  one(@CurrentCall() call: Call, @Payload() { id, asOf }: GetFundRequestGrpcDto) {
    return this.queries.one(call, id, asOf);
  }
}
