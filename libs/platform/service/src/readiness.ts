/** Whether the service takes calls. */
export class Readiness {
  state: 'starting' | 'ready' | 'stopping' = 'starting';
}
