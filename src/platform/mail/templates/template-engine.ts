import { Liquid, type Template } from 'liquidjs';

/** Nothing may loop for ever. Milliseconds of the wall clock: on a busy machine a template that takes one takes hundreds. */
const LIMITS = { parseLimit: 100_000, renderLimit: 5000, memoryLimit: 1_000_000 };
/** Tags that read other files, and the filter that lets a variable write HTML. */
const FORBIDDEN = { tags: ['render', 'include', 'layout', 'block'], filters: ['raw'] };

/** Renders texts as they are. */
const plain = engine();
/** Renders HTML: every variable is escaped. */
const escaping = engine({ outputEscape: 'escape' });

export type Values = Readonly<Record<string, string | null>>;

/** A piece of Liquid. Variables that it was not given are errors. */
export interface Piece {
  render(values: Values): string;
  /** Where variables stand that it does not make itself. */
  readonly variables: readonly { readonly name: string; readonly line: number }[];
}

/** @param file for error messages. @throws an error of liquidjs, with the line. */
export function compile(source: string, file: string, mode: 'text' | 'html'): Piece {
  const liquid = mode === 'html' ? escaping : plain;
  const templates: Template[] = liquid.parse(source, file);
  return {
    render: (values) => liquid.renderSync(templates, values) as string,
    get variables() {
      const { globals } = liquid.analyzeSync(templates);
      return Object.entries(globals).flatMap(([name, uses]) =>
        uses.map(({ location }) => ({ name, line: location.row })),
      );
    },
  };
}

function engine(options: { readonly outputEscape?: 'escape' } = {}): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    dynamicPartials: false,
    // Without any, it would read files.
    templates: {},
    ...LIMITS,
    ...options,
  });
  for (const tag of FORBIDDEN.tags) delete liquid.tags[tag];
  for (const filter of FORBIDDEN.filters) delete liquid.filters[filter];
  return liquid;
}
