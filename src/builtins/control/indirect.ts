/** Procedures whose calls are carried out by a function of the library, because they call back into the program. */
import { Procedure } from "../../data/mod.ts";

/** A procedure that means a call of the library function `caller`, with it and the list of the arguments. */
export abstract class IndirectProcedure extends Procedure {
  abstract readonly caller: string;
}
