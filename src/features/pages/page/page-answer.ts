import type { ProblemError } from '../../../platform/problems/problem.js';
import type { Messages } from '../messages/en.js';
import type { Html } from './html.js';

/** What each view may need beside its model. */
export interface ViewContext {
  readonly t: Messages;
  /** BCP 47. */
  readonly language: string;
  readonly brand: string;
  /** Hidden field of each form. */
  readonly csrfToken: string;
  readonly signedIn: boolean;
  /** Path of the page, for links of the frame. */
  readonly path: string;
  /** Where in the console somebody came from. */
  readonly consolePath?: string | undefined;
}

/** The content of a page; the frame around it is the same for all. */
export interface Content {
  readonly title: string;
  readonly body: Html;
  /** Where people manage their account, the frame has links to its pages. */
  readonly frame?: 'account';
  /** Whether it uses passkeys, which need a script. */
  readonly script?: 'passkeys';
  /** Address that the browser goes on to by itself. */
  readonly refresh?: string;
}

/** Makes the content of a page. */
export type View<Model> = (model: Model, context: ViewContext) => Content;

/** A cookie that an answer sets, or clears where there is no value. */
export interface CookieChange {
  readonly name: string;
  readonly value: string | undefined;
  /** Seconds; until the browser is closed by default. */
  readonly maxAge?: number;
}

/** A page to show. Views are loaded by the first page that needs them. */
export interface Shown {
  readonly status: number;
  readonly content: (context: ViewContext) => Promise<Content>;
  readonly cookies?: readonly CookieChange[];
}

/** Another page to go to. */
export interface Redirect {
  readonly status: 302 | 303;
  readonly location: string;
  readonly cookies?: readonly CookieChange[];
}

/** What a script of a page asks for, as JSON. */
export interface Data {
  readonly status: 200;
  readonly data: object;
}

export type PageAnswer = Shown | Redirect;

/** Shows a view. @param problem that led to it, which decides the status. */
export function show<Model>(
  load: () => Promise<View<Model>>,
  model: Model,
  problem?: Pick<ProblemError, 'status'>,
): Shown {
  return {
    status: problem?.status ?? 200,
    content: async (context) => (await load())(model, context),
  };
}

/** After a form: the browser gets the other page by `GET`, and a reload repeats nothing. */
export function seeOther(location: string, cookies: readonly CookieChange[] = []): Redirect {
  return { status: 303, location, cookies };
}

/** After a `GET`. */
export function found(location: string): Redirect {
  return { status: 302, location };
}
