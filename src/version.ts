/** The version of this package; a test holds it equal to those in `deno.json` and `package.json`. */
export const VERSION: string = "0.1.0";
