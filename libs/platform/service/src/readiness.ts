import { Injectable } from '@nestjs/common';

/** Whether the service takes calls. */
@Injectable()
export class Readiness {
  state: 'starting' | 'ready' | 'stopping' = 'starting';
}
