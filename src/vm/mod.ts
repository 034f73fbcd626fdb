/**
 * The baseline tier: a bytecode machine with a NaN-boxed stack. Comes in: verified code, closures, heap frames; goes
 * out: values, conditions, or an unwound stack. Knows nothing of the second tier but the call contract.
 */
export type { MachineHost } from "./host.ts";
export { type Dispatch, Machine } from "./machine.ts";
