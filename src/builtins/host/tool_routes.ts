/** Tools for language models as routes of a server (language reference: 05-host §11): one calls a tool, one tells what it takes. */
import { keyword, Procedure, SortedMap, type Value, Vector } from "../../data/mod.ts";
import { isMap, listOf, listOrVectorItems, wrongType } from "../check.ts";
import { alias, type Area, one, pure, sema, two } from "../declare.ts";
import { Tool } from "../formats/conversations.ts";
import { keyText, option } from "./option_maps.ts";
import { jsonAnswer } from "./responses.ts";

function tool(value: Value): Tool {
  if (value instanceof Tool) return value;
  throw wrongType("tool", value, "route/from-tools takes a list of what deftool binds");
}

function parameterMap({ parameters }: Tool): readonly (readonly [name: string, value: Value])[] {
  return isMap(parameters) ? [...parameters.entries()].map(([name, value]) => [keyText(name), value]) : [];
}

/** The arguments of a call: those of a JSON object, by the names of the handler's parameters; nil where the body is none. */
function argumentsFrom(value: Value, request: Value): Value {
  const called = tool(value);
  const body = option(request, "json") ?? null;
  if (!isMap(body)) return null;
  const { handler } = called;
  const own = handler instanceof Procedure ? handler.parameterNames : null;
  const names = own ?? parameterMap(called).map(([name]) => name);
  return listOf([listOf(names.map((name) => body.get(keyword(name)) ?? null))]);
}

/** What JSON Schema says of one parameter. */
function schemaOf(parameter: Value): SortedMap {
  if (!isMap(parameter)) return SortedMap.EMPTY;
  const pairs = [...parameter.entries()].filter(([name]) => keyText(name) !== "optional");
  return SortedMap.from(pairs.map(([name, value]) => [keyword(keyText(name)), value]));
}

/** What a tool is and takes. */
function schema(value: Value): Value {
  const described = tool(value);
  const parameters = parameterMap(described);
  const required = parameters.filter(([, each]) => (option(each, "optional") ?? false) === false).map(([name]) => name);
  const takes = SortedMap.from([
    [keyword("type"), "object"],
    [keyword("properties"), SortedMap.from(parameters.map(([name, each]) => [keyword(name), schemaOf(each)]))],
    [keyword("required"), new Vector(required)],
  ]);
  return jsonAnswer(
    200,
    SortedMap.from([
      [keyword("name"), described.name],
      [keyword("description"), described.description],
      [keyword("parameters"), takes],
    ]),
  );
}

const ROUTES = `(fn (tools)
  (let loop ((left (__vm-tools-backwards tools)) (routes '()))
    (if (null? left)
      routes
      (let* ((tool (car left)) (handler (__vm-tool-handler tool)))
        (loop (cdr left)
          (cons
            (cons :post (cons (__vm-tool-path tool "")
              (cons
                (fn (request)
                  (let ((found (__vm-tool-arguments tool request)))
                    (if found
                      (__vm-tool-answer (__vm-apply handler (car found)))
                      (__vm-tool-refusal tool))))
                '())))
            (cons
              (cons :get (cons (__vm-tool-path tool "/schema")
                (cons (fn (request) (__vm-tool-schema tool)) '())))
              routes)))))))`;

const TOOL = '(deftool add "Adds one." {:x {:type :number}} (fn (x) (+ x 1)))';

/** `route/from-tools`. */
export const toolRoutes: Area = () => [
  ...pure([
    one("__vm-tools-backwards", "The tools of a list, the last first.", (tools) => {
      return listOf(listOrVectorItems(tools).map(tool).toReversed());
    }),
    one("__vm-tool-handler", "The function of a tool.", (value) => tool(value).handler),
    two("__vm-tool-path", "The path of a tool's route.", (value, rest) => `/tools/${tool(value).name}${rest}`),
    two("__vm-tool-arguments", "A list of the arguments for a tool; nil where a request has none.", argumentsFrom),
    one("__vm-tool-answer", "The answer for what a tool gives.", (value) => jsonAnswer(200, value)),
    one("__vm-tool-schema", "What a tool is and takes.", schema),
    one("__vm-tool-refusal", "The answer for who gives a tool no arguments.", (value) => {
      const reason = `the arguments of ${tool(value).name} must be a JSON object, of content type application/json`;
      return jsonAnswer(400, SortedMap.from([[keyword("error"), reason]]));
    }),
  ]),
  sema(
    "route/from-tools",
    1,
    1,
    "(route/from-tools tools): for each tool a route that calls it, POST /tools/NAME with a JSON object, and one that tells what it takes, GET /tools/NAME/schema.",
    ROUTES,
    [
      `(begin ${TOOL} (map (fn (route) (take 2 route)) (route/from-tools (list add))))`,
      '((:post "/tools/add") (:get "/tools/add/schema"))',
    ],
    [
      `(begin ${TOOL} (:body ((http/router (route/from-tools (list add))) {:method :post :path "/tools/add" :json {:x 41}})))`,
      '"42"',
    ],
  ),
  alias("tools->routes", "route/from-tools"),
];
