import { Body, Controller, Post } from '@nestjs/common';
import { type Call, CurrentCall, Duty, UseCase } from '@guoku/service';
import { ImportDivisionDto, ImportedDto } from './division.dto.js';
import { ImportDivision } from './import-division.js';

@Controller('v1/division-imports')
export class DivisionController {
  constructor(private readonly importDivision: ImportDivision) {}

  @Post()
  @Duty('division.import')
  @UseCase('DivisionService.Import', {
    summary: 'Sets up units, accounts and codes',
    answer: ImportedDto,
  })
  import(@CurrentCall() call: Call, @Body() body: ImportDivisionDto) {
    return this.importDivision.handle(call, body);
  }
}
