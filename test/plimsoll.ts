// The program from its sources, for tests: what bin/plimsoll.js is to a build.
import { main } from '../src/cli/main.ts';

await main(process.argv.slice(2));
