import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type Call, CurrentCall, Duty, UseCase } from '@guoku/service';
import { readers } from '../duties.js';
import {
  EnterReceiptBatchDto,
  EnterReceiptsDto,
  ReasonDto,
  ReceiptDto,
  ReceiptPage,
  ReceiptPath,
  ReceiptQuery,
  ReceiptResultsDto,
  ReceiptsDto,
  TotalPage,
  TotalQuery,
} from './receipt.dto.js';
import { ReceiptQueries } from './receipt.queries.js';
import { Receipts } from './receipts.js';

@Controller('v1/receipts')
export class ReceiptController {
  constructor(
    private readonly receipts: Receipts,
    private readonly queries: ReceiptQueries,
  ) {}

  @Post()
  @Duty('receipt.enter')
  @UseCase('ReceiptService.Enter', {
    summary: 'Takes in receipts of the treasury, all or none',
    answer: ReceiptsDto,
    status: 201,
  })
  enter(@CurrentCall() call: Call, @Body() body: EnterReceiptsDto) {
    return this.receipts.enter(call, body);
  }

  @Post('batch')
  @Duty('receipt.enter')
  @UseCase('ReceiptService.EnterBatch', {
    summary: 'Takes in receipts, all or none or each for itself',
    answer: ReceiptResultsDto,
  })
  enterBatch(@CurrentCall() call: Call, @Body() body: EnterReceiptBatchDto) {
    return this.receipts.enterBatch(call, body);
  }

  @Get()
  @Duty(...readers)
  @UseCase('ReceiptService.List', { summary: 'Receipts 国库收入', answer: ReceiptPage })
  list(@CurrentCall() call: Call, @Query() query: ReceiptQuery) {
    return this.queries.list(call, query);
  }

  @Get('totals')
  @Duty(...readers)
  @UseCase('ReceiptService.ListTotals', { summary: 'Sums per value date', answer: TotalPage })
  totals(@CurrentCall() call: Call, @Query() query: TotalQuery) {
    return this.queries.totals(call, query);
  }

  @Get(':receiptId')
  @Duty(...readers)
  @UseCase('ReceiptService.Get', { summary: 'One receipt', answer: ReceiptDto })
  get(@CurrentCall() call: Call, @Param() { receiptId }: ReceiptPath) {
    return this.queries.get(call, receiptId);
  }

  @Post(':receiptId/reverse')
  @Duty('receipt.approve')
  @UseCase('ReceiptService.Reverse', {
    summary: 'Cancels a receipt by its negated amount 冲销',
    answer: ReceiptDto,
    status: 201,
  })
  reverse(@CurrentCall() call: Call, @Param() { receiptId }: ReceiptPath, @Body() body: ReasonDto) {
    return this.receipts.reverse(call, { ...body, receiptId });
  }
}
