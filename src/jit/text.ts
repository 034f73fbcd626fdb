/**
 * The text of one function: its statements, and the names of what they refer to. A variable of the program, and a place
 * of the operand stack, is two variables of JavaScript, one for each representation; a function that is inlined has
 * names of its own in the text of the function that it stands in.
 */
import type { Code } from "../bytecode/mod.ts";
import type { Decoded } from "./instructions.ts";
import { type Fused, type InlineSite, noted, type Translation } from "./translation.ts";
import type { Unit } from "./unit.ts";

/** Text and names, without any knowledge of values. */
export abstract class FunctionText {
  readonly shared: Translation;
  readonly unit: Unit;
  readonly code: Code;
  /** Where the function is inlined; null: it is that of the unit. */
  readonly site: InlineSite | null;
  /** The JavaScript variables of slots and captures, for Sema values. */
  readonly slotNames: readonly string[];
  readonly captureNames: readonly string[];
  /**
   * The variables whose types are known: slots and, after them, captures. A capture never changes, so its variable holds
   * it as a Sema value all the time.
   */
  readonly names: readonly string[];
  /** The outermost fused group that the function is part of. */
  readonly fused: Fused | null;
  out: string[] = [];

  constructor(shared: Translation, code: Code, site: InlineSite | null) {
    this.shared = shared;
    this.unit = shared.unit;
    this.code = code;
    this.site = site;
    this.fused = site === null ? null : site.parent.fused ?? site.fused;
    this.slotNames = code.slotNames.map((name) => shared.names.take(name));
    this.captureNames = code.captureNames.map((name) => shared.names.take(name));
    this.names = [...this.slotNames, ...this.captureNames];
  }

  /** The variable that stands for place `k` of the operand stack. */
  home(k: number): string {
    return this.site === null ? `$${k}` : `$${this.site.id}_${k}`;
  }

  /**
   * The variable of a place while it holds a raw double. One variable for both representations is never optimised on
   * JSC: a loop over floats takes 2.4 ms with it and 1.1 with two.
   */
  rawHome(k: number): string {
    return `${this.home(k)}r`;
  }

  /** The variable of a slot while it holds a raw double. */
  rawName(slot: number): string {
    return `${this.names[slot]}$`;
  }

  /** The variable for the elements of a vector in a slot. */
  itemsName(slot: number): string {
    return `${this.names[slot]}$v`;
  }

  /** All variables that the function may use. */
  variableNames(): string[] {
    const places = Array.from({ length: this.code.maxStack + 1 }, (_, k) => k);
    return [
      ...this.names,
      ...this.names.map((_, slot) => this.rawName(slot)),
      ...this.names.map((_, slot) => this.itemsName(slot)),
      ...places.map((k) => this.home(k)),
      ...places.map((k) => this.rawHome(k)),
    ];
  }

  /** A label for a block. */
  label(kind: "L" | "B" | "N" | "T", index: number): string {
    return this.site === null ? `$${kind}${index}` : `$${kind}${this.site.id}_${index}`;
  }

  /** The variable of a helper. */
  helper(name: string): string {
    this.shared.helpers.add(name);
    return name === "Closure" || name === "Flonum" || name === "List" ? name : `$${name}`;
  }

  /** A further variable of the text. */
  auxiliary(name: string): string {
    this.shared.variables.add(name);
    return name;
  }

  /** A variable set to an expression. */
  named(text: string): string {
    const name = this.auxiliary("$f");
    this.out.push(`${name} = ${text};`);
    return name;
  }

  /** The text is the whole function, from its start on. */
  get isWhole(): boolean {
    return this.site !== null || this.unit.entry === 0;
  }

  /** Notes that something cannot be done twice, nor be left out: it is in no fused group. */
  effect(): void {
    if (this.fused === null || !this.fused.pure) return;
    noted(this.shared);
    this.fused.pure = false;
    for (let site = this.site; site !== null; site = site.parent.site) this.shared.impure.add(site.callee);
  }

  /** Notes which instruction runs, for the trace of an error. A fused group starts again instead. */
  noteSite(at: Decoded): void {
    if (this.fused === null) this.out.push(`$s = ${this.siteNumber(at)};`);
  }

  /** A number for an instruction: its pc, or where it is inlined one of the unit's. */
  siteNumber(at: Decoded): number {
    if (this.fused !== null) return this.fused.caller.siteNumber(this.fused.first);
    if (this.site === null) return at.pc;
    const { caller, at: call, result } = this.site;
    return this.unit.site({ code: this.code, pc: at.pc, caller: result === null ? -1 : caller.siteNumber(call) });
  }

  /** This function is left for good: an error from now on is not in it, but may be in one that it is inlined in. */
  noSite(): void {
    if (this.fused !== null) return;
    const { site } = this;
    this.out.push(`$s = ${site === null || site.result === null ? -1 : site.caller.siteNumber(site.at)};`);
  }
}
