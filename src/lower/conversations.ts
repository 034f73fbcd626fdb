/** The forms that make values for language models: messages, prompts, tools and agents. */
import { MESSAGE_ROLES } from "../core/mod.ts";
import { EMPTY, keyword, List, Sym } from "../data/mod.ts";
import type { FormContext } from "./lowering.ts";
import { bind, constant, type Named, primitive, reference, sequence } from "./named.ts";

/** `(message role part…)` */
export function lowerMessage(context: FormContext): Named {
  return primitive("message", context.lowering.all(context.rest), context.position);
}

/** `(prompt part…)`: a part is a message, or `(role part…)`, whatever else the role's name may mean. */
export function lowerPrompt(context: FormContext): Named {
  const { lowering } = context;
  const parts: Named[] = [];
  for (let cell = context.rest; cell !== EMPTY; cell = cell.rest) {
    const form = cell.first;
    const head = form instanceof List ? form.first : null;
    parts.push(
      form instanceof List && head instanceof Sym && MESSAGE_ROLES.has(head.name)
        ? primitive("message", [constant(keyword(head.name)), ...lowering.all(form.rest)], lowering.positions.of(form))
        : lowering.first(cell),
    );
  }
  return primitive("prompt", parts, context.position);
}

/** A global, wherever the form stands; its value is that of the form. */
function define(context: FormContext, name: Sym, value: Named): Named {
  const made = context.lowering.temporary();
  return bind(made, value, sequence([{ kind: "defineGlobal", name, value: reference(made) }, reference(made)]));
}

/** `(deftool name description parameters [options] handler)` */
export function lowerTool(context: FormContext): Named {
  const name = context.symbol(context.argument(0));
  const given = context.lowering.all(context.rest.rest);
  if (given.length === 3) given.splice(2, 0, constant(null));
  const parts = [constant(name.name), ...given];
  return define(context, name, primitive("tool", parts, context.position));
}

/** `(defagent name options)` */
export function lowerAgent(context: FormContext): Named {
  const name = context.symbol(context.argument(0));
  return define(context, name, primitive("agent", [constant(name.name), context.lower(1)], context.position));
}
