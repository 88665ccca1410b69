/** A clock that moves only when told to. */
export class TestClock {
  private at: Date;

  /** @param start an instant with offset */
  constructor(start = '2026-11-24T01:00:00Z') {
    this.at = new Date(start);
  }

  now(): Date {
    return new Date(this.at);
  }

  forward({ ms = 0, hours = 0, days = 0 }: { ms?: number; hours?: number; days?: number }): void {
    this.at = new Date(this.at.getTime() + ms + hours * 3_600_000 + days * 86_400_000);
  }
}
