import { fuzz } from './fuzz.js';
process.exitCode = await fuzz(process.argv.slice(3));
