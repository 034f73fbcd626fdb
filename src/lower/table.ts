/** The special forms, by name: the one list of them. */
import * as binding from "./binding.ts";
import * as control from "./control.ts";
import * as conversations from "./conversations.ts";
import type { FormContext, SpecialForm } from "./lowering.ts";
import * as matching from "./matching.ts";
import type { Named } from "./named.ts";
import * as operations from "./operations.ts";
import { lowerQuasiquote } from "./quasiquote.ts";

type Row = readonly [names: string, label: string | null, min: number, max: number, lower: (f: FormContext) => Named];

const ROWS: readonly Row[] = [
  ["quote", null, 1, 1, control.lowerQuote],
  ["quasiquote [template]", "quasiquote", 1, 1, lowerQuasiquote],
  ["if", null, 2, 3, control.lowerIf],
  ["cond", null, 0, Infinity, control.lowerCond],
  ["case", null, 2, Infinity, control.lowerCase],
  ["when", null, 2, Infinity, control.lowerWhen],
  ["unless", null, 2, Infinity, control.lowerUnless],
  ["and", null, 0, Infinity, control.lowerAnd],
  ["or", null, 0, Infinity, control.lowerOr],
  ["begin progn", "begin", 0, Infinity, control.lowerBegin],
  ["while", null, 2, Infinity, control.lowerWhile],
  ["do", null, 2, Infinity, control.lowerDo],
  ["try", null, 1, Infinity, control.lowerTry],
  ["define def", "define", 0, Infinity, binding.lowerDefine],
  ["defun defn", "defun", 3, Infinity, binding.lowerDefineFunction],
  ["define-values", null, 2, 2, binding.lowerDefineValues],
  ["set!", null, 2, 2, binding.lowerSet],
  ["lambda fn", "lambda", 2, Infinity, binding.lowerLambda],
  ["let", null, 2, Infinity, binding.lowerLet],
  ["let*", null, 2, Infinity, binding.lowerLetSequential],
  ["letrec", null, 2, Infinity, binding.lowerLetRecursive],
  ["let-values", null, 2, Infinity, binding.lowerLetValues],
  ["let*-values", null, 2, Infinity, binding.lowerLetValuesSequential],
  ["match", null, 2, Infinity, matching.lowerMatch],
  ["match*", null, 2, Infinity, matching.lowerMatchOrNil],
  ["throw", null, 1, 1, operations.lowerThrow],
  ["delay", null, 1, 1, operations.lowerDelay],
  ["force", null, 1, 1, operations.lowerForce],
  ["async", null, 1, Infinity, operations.lowerAsync],
  ["await", null, 1, 1, operations.lowerAwait],
  ["eval", null, 1, 1, operations.lowerEval],
  ["macroexpand", null, 1, 1, operations.lowerMacroexpand],
  ["defmacro", null, 3, Infinity, operations.lowerMacroDefinition],
  ["define-syntax", null, 2, 2, operations.lowerMacroDefinition],
  ["define-record-type", null, 0, Infinity, operations.lowerRecord],
  ["defmulti", null, 2, 2, operations.lowerMultimethod],
  ["defmethod", null, 3, 3, operations.lowerMethod],
  ["module", null, 2, Infinity, operations.lowerModule],
  ["import", null, 1, Infinity, operations.lowerImport],
  ["load", null, 1, 1, operations.lowerLoad],
  ["message", null, 2, Infinity, conversations.lowerMessage],
  ["prompt", null, 0, Infinity, conversations.lowerPrompt],
  ["deftool", null, 4, 5, conversations.lowerTool],
  ["defagent", null, 2, 2, conversations.lowerAgent],
  ["workflow/approval", null, 0, Infinity, operations.lowerUnavailable],
];

/** Name → special form. */
export const SPECIAL_FORMS: ReadonlyMap<string, SpecialForm> = new Map(
  ROWS.flatMap(([names, label, min, max, lower]) =>
    names.split(" ").map((name): [string, SpecialForm] => [name, { label: label ?? name, min, max, lower }])
  ),
);
