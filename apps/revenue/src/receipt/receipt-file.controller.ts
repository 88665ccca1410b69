import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { type Call, CurrentCall, Duty, readFields, UseCase } from '@guoku/service';
import { readers } from '../duties.js';
import {
  ReceiptFileDto,
  ReceiptFileNameQuery,
  ReceiptFilePage,
  ReceiptFilePath,
  ReceiptFileQuery,
  ReceiptFileShownDto,
} from './receipt-file.dto.js';
import { ReceiptFiles } from './receipt-files.js';
import { ReceiptQueries } from './receipt.queries.js';

@Controller('v1/receipt-files')
export class ReceiptFileController {
  constructor(
    private readonly files: ReceiptFiles,
    private readonly queries: ReceiptQueries,
  ) {}

  @Post()
  @Duty('receipt.enter')
  @ApiConsumes('application/json', 'text/csv')
  @ApiBody({ type: ReceiptFileDto })
  @UseCase('ReceiptFileService.Take', {
    summary: 'Takes in the treasury’s daily report 3401 收入日报, whole or nothing',
    answer: ReceiptFileShownDto,
    status: 201,
    restOnly: 'a file; its lines go by ReceiptService.Enter',
  })
  async take(
    @CurrentCall() call: Call,
    @Query() { name = 'report.csv' }: ReceiptFileNameQuery,
    @Body() body: unknown,
  ) {
    const file = typeof body === 'string' ? { name, content: body } : body;
    return this.files.take(call, await readFields(ReceiptFileDto, withLineFeeds(file), 'body'));
  }

  @Get()
  @Duty(...readers)
  @UseCase('ReceiptFileService.List', { summary: 'Reports taken in', answer: ReceiptFilePage })
  list(@CurrentCall() call: Call, @Query() query: ReceiptFileQuery) {
    return this.queries.files(call, query);
  }

  @Get(':fileId')
  @Duty(...readers)
  @UseCase('ReceiptFileService.Get', { summary: 'One report', answer: ReceiptFileShownDto })
  get(@CurrentCall() call: Call, @Param() { fileId }: ReceiptFilePath) {
    return this.queries.file(call, fileId);
  }
}

/** A file is the same whichever system's line ends it has. */
function withLineFeeds(file: unknown): unknown {
  if (typeof file !== 'object' || file === null || !('content' in file)) return file;
  const { content } = file;
  return typeof content === 'string'
    ? { ...file, content: content.replaceAll('\r\n', '\n') }
    : file;
}
