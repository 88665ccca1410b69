import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { CurrentCall, Duty, GrpcUseCase, IfMatch, UseCase, type Call } from '@guoku/service';
import { EnterNote, NotePage, NotePath, NoteQuery, NoteView } from './note.dto.js';
import { Notes } from './notes.js';

@Controller('v1/notes')
export class NoteController {
  constructor(private readonly notes: Notes) {}

  @Post()
  @UseCase('NoteService.Enter', { summary: 'Enters a note', answer: NoteView, status: 201 })
  @Duty('plan.enter')
  enter(@Body() body: EnterNote, @CurrentCall() call: Call) {
    return this.notes.enter(call, body);
  }

  @Post(':id/approval')
  @UseCase('NoteService.Approve', { summary: 'Approves a note', answer: NoteView })
  @Duty('plan.approve')
  @IfMatch()
  approve(@Param() path: NotePath, @CurrentCall() call: Call) {
    return this.notes.approve(call, path);
  }

  @Get(':id')
  @UseCase('NoteService.Get', { summary: 'One note', answer: NoteView })
  @Duty('plan.read', 'plan.enter')
  get(@Param() path: NotePath, @CurrentCall() call: Call) {
    return this.notes.get(call, path);
  }

  @Get()
  @UseCase('NoteService.List', { summary: 'Notes, by id', answer: NotePage })
  @Duty('plan.read', 'plan.enter')
  list(@Query() query: NoteQuery, @CurrentCall() call: Call) {
    return this.notes.list(call, query);
  }
}

@Controller()
export class NoteGrpcController {
  constructor(private readonly notes: Notes) {}

  @GrpcUseCase('NoteService.Enter')
  @Duty('plan.enter')
  enter(@Payload() body: EnterNote, @CurrentCall() call: Call) {
    return this.notes.enter(call, body);
  }

  @GrpcUseCase('NoteService.Approve')
  @Duty('plan.approve')
  @IfMatch()
  approve(@Payload() path: NotePath, @CurrentCall() call: Call) {
    return this.notes.approve(call, path);
  }

  @GrpcUseCase('NoteService.Get')
  @Duty('plan.read', 'plan.enter')
  get(@Payload() path: NotePath, @CurrentCall() call: Call) {
    return this.notes.get(call, path);
  }

  @GrpcUseCase('NoteService.List')
  @Duty('plan.read', 'plan.enter')
  list(@Payload() query: NoteQuery, @CurrentCall() call: Call) {
    return this.notes.list(call, query);
  }
}
