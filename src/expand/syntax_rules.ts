/**
 * `syntax-rules`: patterns, templates, and the renaming of the names that a template binds itself. Hygiene is
 * directed by binders: what a template binds gets a fresh name on every expansion; free names mean what they mean at
 * the place of use.
 */
import {
  equal,
  evalError,
  intern,
  lengthOf,
  List,
  listFrom,
  repr,
  SortedMap,
  Sym,
  toArray,
  type Value,
  Vector,
} from "../data/mod.ts";
import { type ExpandHost, Macro } from "./macro.ts";
import { patternNames } from "./scope.ts";

const WILDCARD = intern("_");
const ELLIPSIS = intern("...");
const SYNTAX_RULES = intern("syntax-rules");

/** How many parts the template of one expansion may produce. */
const SIZE_LIMIT = 1_000_000;

/** What a pattern variable matched: a form, or, under an ellipsis, one match per repetition. */
type Match = { readonly form: Value } | { readonly repeated: readonly Match[] };

type Matches = Map<Sym, Match>;

interface Rule {
  readonly pattern: List;
  readonly template: Value;
  /** What the template binds and the pattern does not supply. */
  readonly binders: readonly Sym[];
}

interface Rules {
  readonly name: string;
  readonly ellipsis: Sym;
  readonly literals: ReadonlySet<Sym>;
  readonly rules: readonly Rule[];
}

/** The macro that `(define-syntax name (syntax-rules …))` makes; raises when the form is malformed. */
export function defineSyntax(form: List): Macro {
  if (lengthOf(form) !== 3) throw evalError("define-syntax: expected (define-syntax name (syntax-rules ...))");
  const name = form.rest.first;
  const transformer = form.rest.rest.first;
  if (!(name instanceof Sym)) throw evalError("define-syntax: name must be a symbol");
  if (!(transformer instanceof List) || transformer.first !== SYNTAX_RULES) {
    throw evalError("define-syntax: transformer must be a (syntax-rules ...) form");
  }
  const rules = parseRules(name.name, transformer);
  return new Macro(name.name, (call, host) => transform(rules, call, host), usage(name, rules));
}

/** The shapes of calls, as the patterns have them. */
function usage(name: Sym, { rules }: Rules): string {
  return rules.map(({ pattern }) => repr(listFrom([name, ...pattern.rest]))).join(" or ");
}

function malformed() {
  return evalError("syntax-rules: malformed — expected (syntax-rules (literals...) rules...)");
}

function parseRules(name: string, transformer: List): Rules {
  let rest = transformer.rest;
  let ellipsis = ELLIPSIS;
  if (rest.first instanceof Sym) {
    ellipsis = rest.first;
    rest = rest.rest;
  }
  if (!(rest.first instanceof List)) throw malformed();
  const literals = new Set<Sym>();
  for (const literal of rest.first) {
    if (!(literal instanceof Sym)) throw evalError("syntax-rules: each literal must be a symbol");
    literals.add(literal);
  }
  const rules = [...rest.rest].map((rule): Rule => {
    if (!(rule instanceof List) || lengthOf(rule) !== 2) {
      throw evalError("syntax-rules: each rule must be (pattern template)");
    }
    const pattern = rule.first;
    const template = rule.rest.first;
    if (!(pattern instanceof List)) throw evalError(`syntax-rules: pattern in '${name}' must be a list`);
    const variables = symbolsOf(pattern);
    const binders = templateBinders(template).filter((each) => !variables.has(each) && each !== ellipsis);
    return { pattern, template, binders };
  });
  return { name, ellipsis, literals, rules };
}

/** The names that a template binds: by `let` and its kin, `lambda`, `define` and `do`. */
function templateBinders(template: Value, into: Sym[] = []): Sym[] {
  if (template instanceof Vector) {
    for (const item of template.items) templateBinders(item, into);
    return into;
  }
  if (template instanceof SortedMap) {
    for (const entry of template) for (const item of entry) templateBinders(item, into);
    return into;
  }
  if (!(template instanceof List)) return into;
  const collect = template.first instanceof Sym ? BINDERS[template.first.name] : undefined;
  collect?.(template, into);
  for (const item of template) templateBinders(item, into);
  return into;
}

function firstNames(form: Value, into: Sym[]): void {
  const entries = form instanceof List ? form : form instanceof Vector ? form.items : [];
  for (const entry of entries) {
    const name = entry instanceof List ? entry.first : entry instanceof Vector ? entry.items[0] : null;
    if (name instanceof Sym) into.push(name);
  }
}

function bindLet(form: List, into: Sym[]): void {
  const second = form.rest.first;
  if (second instanceof Sym) {
    into.push(second);
    firstNames(form.rest.rest.first, into);
  } else firstNames(second, into);
}

function bindLambda(form: List, into: Sym[]): void {
  patternNames(form.rest.first, into);
}

const BINDERS: Readonly<Record<string, (form: List, into: Sym[]) => void>> = Object.assign(Object.create(null), {
  "let": bindLet,
  "let*": bindLet,
  "letrec": bindLet,
  "do": bindLet,
  "lambda": bindLambda,
  "fn": bindLambda,
  "define": (form: List, into: Sym[]) => {
    const target = form.rest.first;
    if (target instanceof Sym) into.push(target);
    else if (target instanceof List) patternNames(target, into);
  },
});

function transform(rules: Rules, call: List, host: ExpandHost): Value {
  for (const rule of rules.rules) {
    const matches: Matches = new Map();
    if (!matchSequence(rules, toArray(rule.pattern.rest), toArray(call.rest), matches)) continue;
    const renamed = new Map<Sym, Sym>();
    for (const name of rule.binders) if (!renamed.has(name)) renamed.set(name, host.gensym(name.name));
    return new Instantiation(rules, renamed).run(rule.template, matches);
  }
  throw evalError(`no matching syntax-rules clause for macro '${rules.name}'`);
}

function matchForm(rules: Rules, pattern: Value, form: Value, matches: Matches): boolean {
  if (pattern instanceof Sym) {
    if (pattern === WILDCARD) return true;
    if (rules.literals.has(pattern)) return form === pattern;
    matches.set(pattern, { form });
    return true;
  }
  if (pattern instanceof List) {
    return form instanceof List && matchSequence(rules, toArray(pattern), toArray(form), matches);
  }
  if (pattern instanceof Vector) {
    return form instanceof Vector && matchSequence(rules, pattern.items, form.items, matches);
  }
  return equal(pattern, form);
}

/** Matches a sequence with at most one ellipsis; a second one is a variable like any other name. */
function matchSequence(rules: Rules, patterns: readonly Value[], forms: readonly Value[], matches: Matches): boolean {
  const at = patterns.indexOf(rules.ellipsis);
  if (at < 0) {
    return patterns.length === forms.length &&
      patterns.every((pattern, index) => matchForm(rules, pattern, forms[index] ?? null, matches));
  }
  if (at === 0) throw evalError("syntax-rules: ellipsis with no preceding subpattern");
  const before = at - 1;
  const after = patterns.length - at - 1;
  const count = forms.length - before - after;
  if (count < 0) return false;
  const one = (pattern: number, form: number): boolean =>
    matchForm(rules, patterns[pattern] ?? null, forms[form] ?? null, matches);
  for (let i = 0; i < before; i++) if (!one(i, i)) return false;
  for (let i = 0; i < after; i++) if (!one(at + 1 + i, before + count + i)) return false;
  const repeated = patterns[before] ?? null;
  const rounds: Matches[] = [];
  for (let i = 0; i < count; i++) {
    const round: Matches = new Map();
    if (!matchForm(rules, repeated, forms[before + i] ?? null, round)) return false;
    rounds.push(round);
  }
  for (const name of symbolsOf(repeated)) {
    if (name === WILDCARD || rules.literals.has(name) || name === rules.ellipsis) continue;
    matches.set(name, { repeated: rounds.flatMap((round) => round.get(name) ?? []) });
  }
  return true;
}

/** One expansion of a template. */
class Instantiation {
  readonly #rules: Rules;
  readonly #renamed: ReadonlyMap<Sym, Sym>;
  #size = 0;

  constructor(rules: Rules, renamed: ReadonlyMap<Sym, Sym>) {
    this.#rules = rules;
    this.#renamed = renamed;
  }

  run(template: Value, matches: Matches): Value {
    if (++this.#size > SIZE_LIMIT) throw evalError(`macro expansion does not end: ${this.#rules.name}`);
    if (template instanceof Sym) {
      const match = matches.get(template);
      if (match === undefined) return this.#renamed.get(template) ?? template;
      if ("form" in match) return match.form;
      throw evalError(`syntax-rules: pattern variable '${template.name}' used without ellipsis`);
    }
    if (template instanceof List) return listFrom(this.#sequence(toArray(template), matches));
    if (template instanceof Vector) return new Vector(this.#sequence(template.items, matches));
    if (!(template instanceof SortedMap)) return template;
    let map = SortedMap.EMPTY;
    for (const [key, value] of template) map = map.with(this.run(key, matches), this.run(value, matches));
    return map;
  }

  #sequence(templates: readonly Value[], matches: Matches): Value[] {
    const result: Value[] = [];
    const { ellipsis } = this.#rules;
    for (let i = 0; i < templates.length; i++) {
      const template = templates[i] ?? null;
      if (templates[i + 1] !== ellipsis || matches.has(ellipsis)) {
        result.push(this.run(template, matches));
        continue;
      }
      if (templates[i + 2] === ellipsis) {
        throw evalError("syntax-rules: unsupported nested ellipsis depth in template");
      }
      for (const round of this.#rounds(template, matches)) result.push(this.run(template, round));
      i++;
    }
    return result;
  }

  /** The matches of each repetition of `template`. */
  #rounds(template: Value, matches: Matches): Matches[] {
    const repeated = [...symbolsOf(template)].flatMap((name) => {
      const match = matches.get(name);
      return match !== undefined && "repeated" in match ? [{ name, rounds: match.repeated }] : [];
    });
    const count = repeated[0]?.rounds.length;
    if (count === undefined) throw evalError("syntax-rules: ellipsis in template with no matching pattern variable");
    if (repeated.some(({ rounds }) => rounds.length !== count)) {
      throw evalError("syntax-rules: mismatched ellipsis lengths for pattern variables");
    }
    const result: Matches[] = [];
    for (let i = 0; i < count; i++) {
      const round = new Map(matches);
      for (const { name, rounds } of repeated) round.set(name, rounds[i] as Match);
      result.push(round);
    }
    return result;
  }
}

/** The symbols of a pattern or template, each once; a dot is a name like any other. */
function symbolsOf(form: Value, into: Set<Sym> = new Set()): Set<Sym> {
  if (form instanceof Sym) into.add(form);
  else if (form instanceof Vector || form instanceof List) {
    for (const item of form instanceof Vector ? form.items : form) symbolsOf(item, into);
  } else if (form instanceof SortedMap) {
    for (const entry of form) for (const item of entry) symbolsOf(item, into);
  }
  return into;
}
