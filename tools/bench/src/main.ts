import { benchEvents } from './events/bench-events.js';
import { benchHolds } from './holds/bench-holds.js';
import { benchStart } from './start/bench-start.js';

const BENCHES = new Map([
  ['events', benchEvents],
  ['holds', benchHolds],
  ['start', benchStart],
]);

const [name = ''] = process.argv.slice(2);
const bench = BENCHES.get(name);
if (!bench) {
  process.stderr.write(`There is no bench ${name}; there are ${[...BENCHES.keys()].join(', ')}.\n`);
  process.exit(1);
}
process.stdout.write(`${JSON.stringify(await bench())}\n`);
