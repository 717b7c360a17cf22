import { PASSWORD } from './accounts.js';

type Fields = Readonly<Record<string, string>>;

/** A page as a browser without JavaScript gets it. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly location: string | undefined;
  readonly text: string;
  /** The hidden fields of the form that goes to a path. */
  hidden(action: string): Fields;
}

/** What sets a request apart from that of our own page. */
interface Given {
  readonly headers?: Fields;
  /** Instead of the cookies of this browser. */
  readonly cookie?: string;
}

/** A browser without JavaScript: it keeps cookies, and sends forms with their hidden fields. */
export interface BrowserSession {
  readonly cookies: Map<string, string>;
  get(path: string, given?: Given): Promise<Page>;
  /** Sends fields as they are. */
  post(path: string, fields: Fields, given?: Given): Promise<Page>;
  /** Opens a page, fills in its form and sends it. */
  submit(path: string, fields?: Fields, action?: string): Promise<Page>;
  /** Calls the API as a script of our pages does. */
  api(method: string, path: string, given?: Given & { body?: object }): Promise<Page>;
  /** Signs in with the password. */
  signIn(email: string, password?: string): Promise<Page>;
}

/** How browsers mark requests of our own pages. */
const OWN = { 'sec-fetch-site': 'same-origin' };

/**
 * @param url of the service.
 * @param own headers of every request, such as those of a proxy.
 */
export function browserSession(url: string, own: Fields = {}): BrowserSession {
  const cookies = new Map<string, string>();
  const send = async (
    method: string,
    path: string,
    given: Given & { body?: string | undefined },
  ) => {
    const cookie = given.cookie ?? [...cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: { accept: 'text/html', ...own, ...given.headers, ...(cookie !== '' && { cookie }) },
      ...(given.body !== undefined && { body: given.body }),
    });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    return pageOf(response, await response.text());
  };
  const get = (path: string, given: Given = {}) =>
    send('GET', path, { ...given, headers: { 'sec-fetch-site': 'none', ...given.headers } });
  const post = (path: string, fields: Fields, given: Given = {}) =>
    send('POST', path, {
      ...given,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...OWN, ...given.headers },
      body: new URLSearchParams(fields).toString(),
    });
  const submit = async (path: string, fields: Fields = {}, action = path.replace(/\?.*/, '')) => {
    const page = await get(path);
    return post(action, { ...page.hidden(action), ...fields });
  };
  return {
    cookies,
    get,
    post,
    submit,
    api: (method, path, { body, ...given } = {}) =>
      send(method, path, {
        ...given,
        headers: {
          accept: '*/*',
          ...OWN,
          ...(body && { 'content-type': 'application/json' }),
          ...given.headers,
        },
        body: body && JSON.stringify(body),
      }),
    signIn: (email, password = PASSWORD) => submit('/sign-in', { email, password }),
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (value === '') cookies.delete(name);
  else cookies.set(name, value);
}

function pageOf({ status, headers }: Response, text: string): Page {
  return {
    status,
    headers,
    text,
    location: headers.get('location') ?? undefined,
    hidden: (action) => {
      const form = text
        .split('<form ')
        .find((each) => each.startsWith(`method="post" action="${action}"`));
      if (form === undefined) throw new Error(`no form goes to ${action}:\n${text}`);
      const [inside = ''] = form.split('</form>');
      const fields = inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
      return Object.fromEntries(
        [...fields].map(([, name = '', value = '']) => [name, unescaped(value)]),
      );
    },
  };
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
