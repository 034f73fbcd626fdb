// The types of the bundle are those of its sources.
export * from "../engine/mod.ts";
