import { type Kysely, type KyselyPlugin, type RootOperationNode, sql } from 'kysely';
import type { Tables } from '../src/store/tables.js';
import type { databases } from './harness.js';

/** A database that carries no query out, but tells how it would: a plan each, a line a step. */
export const explaining = (
  db: Kysely<Tables>,
  database: (typeof databases)[number],
): { db: Kysely<Tables>; plans: string[] } => {
  const plans: string[] = [];
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) =>
      ({
        ...node,
        explain: {
          kind: 'ExplainNode',
          ...(database === 'sqlite' && { options: sql`query plan`.toOperationNode() }),
        },
        // The select queries of these tests, which take such a node.
      }) as RootOperationNode,
    transformResult: ({ result }) => {
      plans.push(result.rows.map((row) => Object.values(row).join(' ')).join('\n'));
      return Promise.resolve({ ...result, rows: [] });
    },
  };
  return { db: db.withPlugin(plugin), plans };
};
