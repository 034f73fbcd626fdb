/**
 * Handlers made of routes (language reference: 05-host §11). The first route that fits answers; directories of files are
 * routes, too, and pass on what they do not have.
 */
import {
  EMPTY,
  evalError,
  Keyword,
  keyword,
  List,
  listFrom,
  Opaque,
  Procedure,
  SortedMap,
  toArray,
  type Value,
  Vector,
} from "../../data/mod.ts";
import { anyMap, isMap, listOf, listOrVectorItems, text } from "../check.ts";
import { type Area, type BuiltinContext, one, pure, sema, two } from "../declare.ts";
import { answer, fileAnswer, notFound, socketAnswer } from "./responses.ts";

interface Route {
  /** In lower case; `any`, `ws` and `static` are no methods. */
  readonly method: string;
  readonly pattern: readonly string[];
  /** A procedure, or the path of a directory. */
  readonly target: Value;
}

/** Routes that have been checked. */
class Routes extends Opaque {
  override readonly typeName = "routes";
  readonly routes: readonly Route[];

  constructor(routes: readonly Route[]) {
    super();
    this.routes = routes;
  }

  override printed(): string {
    return "<routes>";
  }
}

/** The parts of a path or pattern. */
function segments(path: string): string[] {
  return path.replace(/\/+$/, "").split("/").slice(path.startsWith("/") ? 1 : 0);
}

function routeFrom(value: Value, { files }: BuiltinContext): Route {
  const items = value instanceof Vector ? value.items : value instanceof List ? toArray(value) : null;
  if (items === null) throw evalError("http/router: each route must be a vector [method path handler]");
  const [method = null, pattern = null, target = null] = items;
  if (items.length !== 3) throw evalError("http/router: each route must have exactly 3 elements");
  if (!(method instanceof Keyword)) throw evalError("http/router: the method of a route must be a keyword");
  if (method.name === "ws" && !(target instanceof Procedure)) {
    throw evalError("http/router: the handler of a :ws route must be a function");
  }
  if (method.name === "static") {
    const directory = text(target);
    const info = files.read("http/router", directory, (system) => system.info(directory, true));
    if (info?.kind !== "directory") throw evalError(`http/router: no such directory: ${directory}`);
  }
  return { method: method.name.toLowerCase(), pattern: segments(text(pattern)), target };
}

/** What a pattern captures of a path; null where they do not fit. */
function captures(pattern: readonly string[], path: readonly string[]): [Value, Value][] | null {
  const found: [Value, Value][] = [];
  for (const [i, part] of pattern.entries()) {
    if (part === "*") {
      found.push([keyword("*"), path.slice(i).join("/")]);
      return found;
    }
    const given = path[i];
    if (given === undefined || (!part.startsWith(":") && part !== given)) return null;
    if (part.startsWith(":")) found.push([keyword(part.slice(1)), given]);
  }
  return pattern.length === path.length ? found : null;
}

/** The answer of a directory; null where it has nothing for this path. */
function fromDirectory({ pattern, target }: Route, path: readonly string[], context: BuiltinContext): Value {
  if (!pattern.every((part, i) => part === path[i])) return null;
  const rest = path.slice(pattern.length);
  if (rest.some((part) => part.split(/[\\/]/).includes(".."))) {
    return answer(400, { "content-type": "text/plain" }, "Bad Request");
  }
  const name = "http/router";
  const { files } = context;
  const directory = text(target).replace(/\/+$/, "");
  const wanted = [directory, ...rest.filter((part) => part !== "")].join("/") || "/";
  const kind = (at: string) => files.read(name, at, (system) => system.info(at, true))?.kind;
  const file = kind(wanted) === "directory" ? `${wanted.replace(/\/$/, "")}/index.html` : wanted;
  if (kind(file) !== "file") return null;
  const real = (at: string) => files.read(name, at, (system) => system.realPath(at));
  const top = real(directory || "/").replace(/\/$/, "");
  if (!real(file).startsWith(`${top}/`)) return answer(403, { "content-type": "text/plain" }, "Forbidden");
  return fileAnswer(file, null);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A list of an answer, or of a handler and the request for it. */
function match(table: Value, request: Value, context: BuiltinContext): Value {
  if (!(table instanceof Routes)) throw new TypeError("not routes");
  const map = anyMap(request, "http/router: a handler is called with a request");
  const given = map.get(keyword("method"));
  const method = given instanceof Keyword ? given.name : "";
  const path = segments(text(map.get(keyword("path")) ?? ""));
  for (const route of table.routes) {
    if (route.method === "static") {
      const found = method === "get" || method === "head" ? fromDirectory(route, path.map(decoded), context) : null;
      if (found !== null) return listOf([found]);
      continue;
    }
    const wanted = route.method === "ws" ? "get" : route.method;
    if (wanted !== "any" && wanted !== method) continue;
    const found = captures(route.pattern, path);
    if (found === null) continue;
    if (route.method === "ws" && route.target instanceof Procedure) return listOf([socketAnswer(route.target)]);
    const before = map.get(keyword("params"));
    const params = SortedMap.from([...before !== undefined && isMap(before) ? before.entries() : [], ...found]);
    return listOf([route.target, map.with(keyword("params"), params)]);
  }
  return listOf([notFound()]);
}

const ROUTER = `(fn (routes)
  (let ((table (__vm-http-routes routes)))
    (fn (request)
      (let ((found (__vm-http-match table request)))
        (if (null? (cdr found))
          (car found)
          ((car found) (car (cdr found))))))))`;

function prefixed(prefix: Value, routes: Value): Value {
  const start = text(prefix).replace(/\/+$/, "");
  const all = listOrVectorItems(routes).map((route): Value => {
    const [method = null, pattern = null, ...rest] = listOrVectorItems(route);
    const items = [method, start + text(pattern), ...rest];
    return route instanceof Vector ? new Vector(items) : listFrom(items);
  });
  return all.length === 0 ? EMPTY : listFrom(all);
}

const HELLO = '(http/router [[:get "/hello/:name" (fn (r) (http/text (:name (:params r))))]])';

/** Routes. */
export const router: Area = () => [
  one("__vm-http-routes", "Routes that have been checked.", (routes, context) => {
    return new Routes(listOrVectorItems(routes).map((route) => routeFrom(route, context)));
  }),
  two(
    "__vm-http-match",
    "The answer of the first route that fits, or its handler and what that is called with.",
    match,
  ),
  sema(
    "http/router",
    1,
    1,
    "(http/router routes): a handler made of routes [method pattern handler]; :name in a pattern is a part, * the rest.",
    ROUTER,
    [`(:body (${HELLO} {:method :get :path "/hello/ann"}))`, '"ann"'],
    [`(:status (${HELLO} {:method :post :path "/hello/ann"}))`, "404"],
  ),
  ...pure([
    two("route/prefix", "(route/prefix prefix routes): the routes below a path.", prefixed, [
      '(route/prefix "/api" [[:get "/users" :handler]])',
      '([:get "/api/users" :handler])',
    ]),
  ]),
];
