import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  LegendDisplayMode,
  LegendPlacement,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  type Panel,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

const DATASOURCE = { type: 'prometheus', uid: '$datasource' };
/** Of Grafana's 24 columns: three panels in a row. */
const WIDTH = 8;
const HEIGHT = 8;

/** The variables of every dashboard. Recorded rules have no instance. */
export const CHOSEN = 'namespace=~"$namespace",job=~"$job",instance=~"$instance"';
export const CHOSEN_SERVICE = 'namespace=~"$namespace"';

/** A graph of one or more queries. */
export interface Graph {
  readonly title: string;
  /** What to read from it; shown behind the panel's i. */
  readonly about: string;
  readonly unit: string;
  /** PromQL by legend; `{{label}}` stands for a label's value. */
  readonly queries: Readonly<Record<string, string>>;
  /** Links single requests to their traces, on histograms that have exemplars. */
  readonly exemplars?: boolean;
}

/** Graphs of single metrics with the same query form. */
export const graphsBy =
  (queries: (metric: string) => Graph['queries']) =>
  (title: string, about: string, unit: string, metric: string): Graph => ({
    title,
    about,
    unit,
    queries: queries(metric),
  });

/** How often something happens per second, by some labels. @param also further matchers, from their comma on. */
export const perSecond = (metric: string, by: string, also = '') =>
  `sum by (${by}) (rate(${metric}{${CHOSEN}${also}}[$__rate_interval]))`;

/** Figures that all processes read from one database: the largest is the figure, not the sum. */
export const storedBy = (label: string) =>
  graphsBy((metric) => ({
    [`{{${label}}}`]: `max by (namespace, ${label}) (${metric}{${CHOSEN}})`,
  }));

/** A page of rows of graphs. */
export interface Page {
  readonly uid: string;
  readonly title: string;
  readonly rows: Readonly<Record<string, readonly Graph[]>>;
}

export function buildDashboard({ uid, title, rows }: Page): Dashboard {
  const dashboard = new DashboardBuilder(title)
    .uid(uid)
    .tags(['user-api', 'generated'])
    .editable()
    .time({ from: 'now-3h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(
      new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    )
    .withVariable(choice('namespace', 'process_start_time_seconds{job=~"user-api.*"}'))
    .withVariable(
      choice('job', 'process_start_time_seconds{job=~"user-api.*",namespace=~"$namespace"}'),
    )
    .withVariable(
      choice('instance', 'process_start_time_seconds{job=~"$job",namespace=~"$namespace"}'),
    );
  let id = 0;
  for (const [name, graphs] of Object.entries(rows)) {
    dashboard.withRow(new RowBuilder(name).id((id += 1)));
    for (const graph of graphs) dashboard.withPanel(panel(graph, (id += 1)));
  }
  return dashboard.build();
}

/** `.*` for all, so that series without the label, such as a namespace, are there too. */
function choice(label: string, series: string): QueryVariableBuilder {
  return new QueryVariableBuilder(label)
    .label(label)
    .datasource(DATASOURCE)
    .query(`label_values(${series}, ${label})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue('.*')
    .current({ text: 'All', value: '$__all' });
}

function panel(
  { title, about, unit, queries, exemplars = false }: Graph,
  id: number,
): Builder<Panel> {
  return new PanelBuilder()
    .id(id)
    .title(title)
    .description(about)
    .datasource(DATASOURCE)
    .unit(unit)
    .min(0)
    .span(WIDTH)
    .height(HEIGHT)
    .fillOpacity(5)
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .targets(
      Object.entries(queries).map(([legend, expression], index) =>
        query(legend, expression, String.fromCodePoint(65 + index), exemplars),
      ),
    );
}

function query(
  legend: string,
  expression: string,
  refId: string,
  exemplars: boolean,
): Builder<Dataquery> {
  return new DataqueryBuilder()
    .datasource(DATASOURCE)
    .refId(refId)
    .expr(expression)
    .legendFormat(legend)
    .exemplar(exemplars)
    .range();
}
