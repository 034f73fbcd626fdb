/** TOML, read and written. */
import { text } from "../check.ts";
import { type Area, one, pure } from "../declare.ts";
import { decodeToml } from "./toml_decode.ts";
import { encodeToml } from "./toml_encode.ts";

/** The TOML builtins. */
export const toml: Area = () =>
  pure([
    one("toml/decode", "The map of a TOML text, with keywords for keys.", (value) => decodeToml(text(value)), [
      '(toml/decode "a = 1\\n[b]\\nc = true")',
      "{:a 1 :b {:c #t}}",
    ]),
    one("toml/encode", "The TOML text of a map, keys in order.", encodeToml, [
      "(toml/encode {:ports [80 443] :b {:c #t}})",
      '"ports = [80, 443]\\n\\n[b]\\nc = true\\n"',
    ]),
  ]);
