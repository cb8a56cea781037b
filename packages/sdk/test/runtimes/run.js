// The checks as a program: Node, Bun and Deno.
import { check } from './connection-checks.js';

const [origin, refused, run] = process.argv.slice(2);
console.log(JSON.stringify(await check(origin, refused, run)));
process.exit(0);
