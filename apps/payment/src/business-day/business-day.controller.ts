import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { CurrentCall, Duty, UseCase, type Call } from '@guoku/service';
import { BusinessDayDto, BusinessDayQuery, OpenBusinessDayDto } from './business-day.dto.js';
import { BusinessDayQueries } from './business-day.queries.js';
import { RunBusinessDay } from './run-business-day.js';

@Controller('v1/business-day')
export class BusinessDayController {
  constructor(
    private readonly running: RunBusinessDay,
    private readonly queries: BusinessDayQueries,
  ) {}

  @Post('open')
  @Duty('business-day.run')
  @UseCase('BusinessDayService.Open', {
    summary: 'Opens the next business day 开启营业日',
    answer: BusinessDayDto,
  })
  open(@CurrentCall() call: Call, @Body() body: OpenBusinessDayDto) {
    return this.running.open(call, body);
  }

  @Post('cut-off')
  @Duty('business-day.run')
  @UseCase('BusinessDayService.CutOff', {
    summary: 'Cuts the open day off 日切: no more instructions, the next may open',
    answer: BusinessDayDto,
  })
  cutOff(@CurrentCall() call: Call) {
    return this.running.cutOff(call);
  }

  @Post('close')
  @Duty('business-day.run')
  @UseCase('BusinessDayService.Close', {
    summary: 'Closes the earliest day that is cut off; its reconciliation must agree',
    answer: BusinessDayDto,
  })
  close(@CurrentCall() call: Call) {
    return this.running.close(call);
  }

  @Get()
  @Duty('business-day.run', 'plan.read', 'payment.read', 'fund-request.read')
  @UseCase('BusinessDayService.Get', {
    summary: 'The day that was opened last, or the one asked for',
    answer: BusinessDayDto,
  })
  one(@CurrentCall() call: Call, @Query() query: BusinessDayQuery) {
    return this.queries.one(call, query);
  }
}
