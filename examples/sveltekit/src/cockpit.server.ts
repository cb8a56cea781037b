import process from 'node:process';

/** The origin at which `npm start` serves the API. */
export const server = process.env.AI_COCKPIT_SERVER ?? 'http://127.0.0.1:4400';
