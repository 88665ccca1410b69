import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type Call, CurrentCall, Duty, UseCase } from '@guoku/service';
import { holders, readers } from '../duties.js';
import {
  ConfirmationDto,
  ConfirmationPath,
  ConfirmHoldDto,
  HoldDto,
  HoldPage,
  HoldPath,
  HoldQuery,
  HoldResultsDto,
  PlaceHoldDto,
  PlaceHoldsDto,
} from './hold.dto.js';
import { HoldQueries } from './hold.queries.js';
import { Holds } from './holds.js';

@Controller('v1/holds')
export class HoldController {
  constructor(
    private readonly holds: Holds,
    private readonly queries: HoldQueries,
  ) {}

  @Post()
  @Duty(...holders)
  @UseCase('HoldService.Place', { summary: 'Holds quota', answer: HoldDto, status: 201 })
  place(@CurrentCall() call: Call, @Body() body: PlaceHoldDto) {
    return this.holds.place(call, body);
  }

  @Post('batch')
  @Duty(...holders)
  @UseCase('HoldService.PlaceBatch', { summary: 'Holds quota for many', answer: HoldResultsDto })
  placeBatch(@CurrentCall() call: Call, @Body() body: PlaceHoldsDto) {
    return this.holds.placeBatch(call, body);
  }

  @Get()
  @Duty(...readers)
  @UseCase('HoldService.List', { summary: 'Holds', answer: HoldPage })
  list(@CurrentCall() call: Call, @Query() query: HoldQuery) {
    return this.queries.list(call, query);
  }

  @Get(':requestId')
  @Duty(...readers)
  @UseCase('HoldService.Get', { summary: 'One hold', answer: HoldDto })
  get(@CurrentCall() call: Call, @Param() { requestId }: HoldPath) {
    return this.queries.get(call, requestId);
  }

  @Post(':requestId/release')
  @Duty(...holders)
  @UseCase('HoldService.Release', { summary: 'Lets go what is still held', answer: HoldDto })
  release(@CurrentCall() call: Call, @Param() path: HoldPath) {
    return this.holds.release(call, path);
  }

  @Post(':requestId/confirm')
  @Duty('service.payment')
  @UseCase('HoldService.Confirm', {
    summary: 'Asked before a payment is instructed: held becomes in transit',
    answer: ConfirmationDto,
  })
  confirm(
    @CurrentCall() call: Call,
    @Param() { requestId }: HoldPath,
    @Body() body: ConfirmHoldDto,
  ) {
    return this.holds.confirm(call, { ...body, requestId });
  }

  @Post(':requestId/confirm/:paymentId/cancel')
  @Duty('service.payment')
  @UseCase('HoldService.CancelConfirm', {
    summary: 'Takes a confirmation back before the instruction was sent',
    answer: ConfirmationDto,
  })
  cancelConfirm(@CurrentCall() call: Call, @Param() path: ConfirmationPath) {
    return this.holds.cancelConfirm(call, path);
  }
}
