/** The parts that a document in Markdown consists of: paragraphs, lists and so on, each in the one that it belongs to. */

/** What a block is. */
export type BlockKind =
  | "document"
  | "quote"
  | "list"
  | "item"
  | "heading"
  | "rule"
  | "code"
  | "html"
  | "paragraph";

/** The way in which the items of a list are marked. */
export interface ListMarker {
  /** Null for a bullet. */
  readonly start: number | null;
  /** The bullet, or what stands behind the number. */
  readonly sign: string;
  /** Columns in front of the marker. */
  readonly offset: number;
  /** Columns from the marker to the text of the item. */
  readonly padding: number;
}

/** A fence of code. */
export interface Fence {
  readonly sign: string;
  readonly size: number;
  /** Columns in front of it, which the lines of the code may have, too. */
  readonly offset: number;
}

/** One part of a document. What a field means depends on the kind. */
export class Block {
  readonly kind: BlockKind;
  readonly parent: Block | null;
  readonly children: Block[] = [];
  /** How many blocks it lies in. */
  readonly depth: number;
  readonly firstLine: number;
  lastLine: number;
  /** Whether more lines may belong to it. */
  open = true;
  /** Its text, for kinds that have one. */
  lines: string[] = [];
  text = "";
  /** Of headings: 1 to 6. */
  level = 0;
  /** Of lists and items. */
  marker: ListMarker | null = null;
  /** Of lists: whether there is no blank line between what they contain. */
  tight = true;
  /** Of code: null where it is indented. */
  fence: Fence | null = null;
  /** Of code: what stands behind the fence. */
  info = "";
  /** Of HTML: what ends it; null: a blank line. */
  end: RegExp | null = null;
  /** Of paragraphs that only define references. */
  dropped = false;

  constructor(kind: BlockKind, parent: Block | null, firstLine: number) {
    this.kind = kind;
    this.parent = parent;
    this.depth = parent === null ? 0 : parent.depth + 1;
    this.firstLine = firstLine;
    this.lastLine = firstLine;
  }

  /** Whether lines may be added to it as they are. */
  get takesLines(): boolean {
    return this.kind === "code" || this.kind === "html" || this.kind === "paragraph";
  }

  /** Whether it may contain a block of this kind. */
  mayContain(kind: BlockKind): boolean {
    if (this.kind === "list") return kind === "item";
    return kind !== "item" && (this.kind === "document" || this.kind === "quote" || this.kind === "item");
  }

  /** The block that was added last. */
  get last(): Block | undefined {
    return this.children.at(-1);
  }
}
