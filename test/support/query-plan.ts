import { Client } from 'pg';

import type { Database } from '../../src/platform/database/database.js';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly PlanNode[];
}

/** What a statement did, according to EXPLAIN ANALYZE. */
export interface StatementCost {
  readonly nodes: readonly string[];
  readonly indexes: readonly string[];
  /** Rows that its scans read, also those that a filter threw away. */
  readonly rowsRead: number;
  /** Pages of 8 KiB touched. */
  readonly blocks: number;
  /** Milliseconds on the server. */
  readonly ms: number;
}

/**
 * Stands in for `Database`: each statement that a class under test sends is run on a connection of its
 * own, and then explained with its real parameters. In this order, since the first use of an index on a connection
 * also reads the catalogue. So they must only read.
 */
export class ExplainingDatabase {
  /** Of all statements so far. */
  readonly costs: StatementCost[] = [];

  private constructor(private readonly client: Client) {}

  static async connect(url: string): Promise<ExplainingDatabase> {
    const client = new Client({ connectionString: url });
    await client.connect();
    return new ExplainingDatabase(client);
  }

  asDatabase(): Database {
    const manager = { query: (sql: string, parameters: unknown[]) => this.query(sql, parameters) };
    const run = async (work: (fake: typeof manager) => Promise<unknown>) => work(manager);
    const commit = () => Promise.resolve();
    const readPrepared = manager.query;
    return { read: run, readPrepared, transaction: run, commit } as unknown as Database;
  }

  async end(): Promise<void> {
    await this.client.end();
  }

  private async query(sql: string, parameters: unknown[]): Promise<unknown[]> {
    const { rows } = await this.client.query<object>(sql, parameters);
    const explained = await this.client.query<{
      'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number }];
    }>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, parameters);
    const [plan] = explained.rows[0]?.['QUERY PLAN'] ?? [];
    if (plan !== undefined) this.costs.push(costOf(plan.Plan, plan['Execution Time']));
    return rows;
  }
}

function costOf(root: PlanNode, ms: number): StatementCost {
  const nodes = flatten(root);
  const scans = nodes.filter(({ Plans: inner = [] }) => inner.length === 0);
  return {
    nodes: nodes.map((node) => node['Node Type']),
    indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    rowsRead: scans
      .map(
        (node) =>
          node['Actual Rows'] * node['Actual Loops'] + (node['Rows Removed by Filter'] ?? 0),
      )
      .reduce((sum, rows) => sum + rows, 0),
    blocks: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
    ms,
  };
}

function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}
