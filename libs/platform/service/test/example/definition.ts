import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { businessDays, type ServiceDefinition } from '@guoku/service';
import { dayOf } from '@guoku/calendar';
import { NoteController, NoteGrpcController } from './note.controllers.js';
import { Notes } from './notes.js';

@Module({ controllers: [NoteController, NoteGrpcController], providers: [Notes] })
class NoteModule {}

/** A small service with one noun, as real as the four: it borrows the name of one. */
export const example: ServiceDefinition = {
  name: 'quota',
  module: NoteModule,
  migrations: join(import.meta.dirname, 'migrations'),
  grpcPackage: 'guoku.example.v1',
  protos: [join(import.meta.dirname, 'note.proto')],
  consumers: () => [
    {
      name: 'quota',
      handlers: {
        'guoku.business-day.opened.v1': (session, event) =>
          businessDays.record(session, event.mofDivCode, dayOf(event.data.day), 'open'),
      },
    },
  ],
};
