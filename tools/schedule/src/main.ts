/** `npm run -s schedule -- …`: plans, checks, compares; see `--help`. */
import { runCommandLine } from './command-line.js';

process.exitCode = await runCommandLine(process.argv.slice(2));
