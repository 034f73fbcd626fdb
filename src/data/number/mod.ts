/**
 * The numeric tower: integers, rationals, floats and complex numbers on the representation of `../value.ts`. Takes
 * and returns Sema values; every result keeps the invariants written there.
 */
export * from "./kind.ts";
export * from "./double.ts";
export * from "./construct.ts";
export * from "./arithmetic.ts";
export * from "./compare.ts";
export * from "./integer.ts";
export * from "./format.ts";
export * from "./rounding.ts";
export * from "./power.ts";
export * from "./convert.ts";
