/** An expression and what the REPL prints for its value; nothing for one whose value is not the point. */
export type Example = readonly [code: string, printed?: string];
