/**
 * The baseline tier: a bytecode machine with a NaN-boxed stack. Comes in: verified code, closures, heap frames; goes
 * out: values, conditions, or an unwound stack. Knows nothing of the second tier but the call contract.
 */
export { type Dispatch, Machine, type MachineHost } from "./machine.ts";
