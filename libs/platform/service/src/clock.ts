import { Injectable } from '@nestjs/common';

/** The machine's clock, for instants. Days come from the division's business day, never from here. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
