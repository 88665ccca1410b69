import { benchEvents } from './events/bench-events.js';
import { benchHolds } from './holds/bench-holds.js';
import { benchStart } from './start/bench-start.js';

const BENCHES = new Map([
  ['events', benchEvents],
  ['holds', benchHolds],
  ['start', benchStart],
]);

const [name = '', ...more] = process.argv.slice(2);
const bench = BENCHES.get(name);
if (!bench || more.length > 0) {
  const names = [...BENCHES.keys()].map((each) => `bench:${each}`).join(', ');
  process.stderr.write(
    `npm run ${names}: none takes options. Figures come as JSON, tables beside.\n`,
  );
  process.exit(more.includes('--help') ? 0 : 2);
}
process.stdout.write(`${JSON.stringify(await bench())}\n`);
