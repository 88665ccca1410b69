import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentCall, Duty, IfMatch, UseCase, type Call } from '@guoku/service';
import { AmendFundRequest } from './amend-fund-request.js';
import { CarryOverFundRequests } from './carry-over-fund-requests.js';
import { EnterFundRequests } from './enter-fund-requests.js';
import {
  AsOfQuery,
  CarryOverDto,
  CarryOverFundRequestsDto,
  EnterFundRequestDto,
  EnterFundRequestsDto,
  FundRequestBatchDto,
  FundRequestContentDto,
  FundRequestDetailDto,
  FundRequestDto,
  FundRequestFileDto,
  FundRequestIdDto,
  FundRequestPage,
  FundRequestQuery,
  ReviewDto,
  ReviewFundRequestsDto,
  WithdrawDto,
} from './fund-request.dto.js';
import { FundRequestQueries } from './fund-request.queries.js';
import { ReviewFundRequests } from './review-fund-requests.js';
import { WithdrawFundRequest } from './withdraw-fund-request.js';

/** What units hand in. */
@Controller('v1/fund-requests')
export class EnterFundRequestController {
  constructor(
    private readonly enter: EnterFundRequests,
    private readonly amending: AmendFundRequest,
    private readonly withdrawing: WithdrawFundRequest,
    private readonly carryingOver: CarryOverFundRequests,
  ) {}

  @Post()
  @Duty('fund-request.enter')
  @UseCase('FundRequestService.Enter', {
    summary: 'Enters a fund request 用款申请',
    answer: FundRequestDto,
    status: 201,
  })
  one(@CurrentCall() call: Call, @Body() body: EnterFundRequestDto) {
    return this.enter.one(call, body);
  }

  @Post('batch')
  @Duty('fund-request.enter')
  @UseCase('FundRequestService.EnterBatch', {
    summary: 'Enters many fund requests, all or none or each for itself',
    answer: FundRequestBatchDto,
  })
  batch(@CurrentCall() call: Call, @Body() body: EnterFundRequestsDto) {
    return this.enter.batch(call, body);
  }

  @Post('file')
  @Duty('fund-request.enter')
  @UseCase('FundRequestService.EnterFile', {
    summary: 'Enters the fund requests of a CSV file, whole or nothing',
    answer: FundRequestBatchDto,
    restOnly: 'a file; its lines go by FundRequestService.EnterBatch',
  })
  file(@CurrentCall() call: Call, @Body() body: FundRequestFileDto) {
    return this.enter.file(call, body);
  }

  @Post(':id/amend')
  @Duty('fund-request.enter')
  @IfMatch()
  @UseCase('FundRequestService.Amend', {
    summary: 'Amends a request that was returned or refused; it is reviewed again',
    answer: FundRequestDto,
  })
  amend(
    @CurrentCall() call: Call,
    @Param() { id }: FundRequestIdDto,
    @Body() body: FundRequestContentDto,
  ) {
    return this.amending.handle(call, id, body);
  }

  @Post(':id/withdraw')
  @Duty('fund-request.enter')
  @UseCase('FundRequestService.Withdraw', {
    summary: 'Withdraws what is not paid; quota takes its hold back',
    answer: FundRequestDto,
  })
  withdraw(
    @CurrentCall() call: Call,
    @Param() { id }: FundRequestIdDto,
    @Body() body: WithdrawDto,
  ) {
    return this.withdrawing.handle(call, id, body);
  }

  @Post(':id/carry-over')
  @Duty('fund-request.enter', 'fund-request.review')
  @UseCase('FundRequestService.CarryOver', {
    summary: 'Carries what a month could not pay over to a later one',
    answer: FundRequestDto,
  })
  carryOver(
    @CurrentCall() call: Call,
    @Param() { id }: FundRequestIdDto,
    @Body() body: CarryOverDto,
  ) {
    return this.carryingOver.one(call, id, body);
  }

  @Post('carry-over-batch')
  @Duty('fund-request.enter', 'fund-request.review')
  @UseCase('FundRequestService.CarryOverBatch', {
    summary: 'Carries many requests over, all or none or each for itself',
    answer: FundRequestBatchDto,
  })
  carryOverBatch(@CurrentCall() call: Call, @Body() body: CarryOverFundRequestsDto) {
    return this.carryingOver.batch(call, body);
  }
}

/** What sections and everybody else do with them. */
@Controller('v1/fund-requests')
export class FundRequestController {
  constructor(
    private readonly reviewing: ReviewFundRequests,
    private readonly queries: FundRequestQueries,
  ) {}

  @Post(':id/review')
  @Duty('fund-request.review')
  @UseCase('FundRequestService.Review', {
    summary: 'The section submits a request to quota, or returns it to the unit',
    answer: FundRequestDto,
  })
  review(@CurrentCall() call: Call, @Param() { id }: FundRequestIdDto, @Body() body: ReviewDto) {
    return this.reviewing.one(call, id, body);
  }

  @Post('review-batch')
  @Duty('fund-request.review')
  @UseCase('FundRequestService.ReviewBatch', {
    summary: 'Reviews many requests, all or none or each for itself',
    answer: FundRequestBatchDto,
  })
  reviewBatch(@CurrentCall() call: Call, @Body() body: ReviewFundRequestsDto) {
    return this.reviewing.batch(call, body);
  }

  @Get()
  @Duty('fund-request.read', 'fund-request.enter', 'fund-request.review', 'plan.read')
  @UseCase('FundRequestService.List', {
    summary: 'Fund requests by due day',
    answer: FundRequestPage,
  })
  list(@CurrentCall() call: Call, @Query() query: FundRequestQuery) {
    return this.queries.list(call, query);
  }

  @Get(':id')
  @Duty('fund-request.read', 'fund-request.enter', 'fund-request.review', 'plan.read')
  @UseCase('FundRequestService.Get', {
    summary: 'One request with its history and what the plan in force decided',
    answer: FundRequestDetailDto,
  })
  one(@CurrentCall() call: Call, @Param() { id }: FundRequestIdDto, @Query() { asOf }: AsOfQuery) {
    return this.queries.one(call, id, asOf);
  }
}
