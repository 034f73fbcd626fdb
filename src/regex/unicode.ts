/**
 * The names of Unicode properties in patterns, compared loosely: without regard to case, spaces, `_`, `-` and a leading
 * `is`. The members are the host's tables.
 */
import { type Case, type CharSet, complement, property } from "./charset.ts";

/** Why a property is refused. */
export type UnknownProperty = "Unicode property not found" | "Unicode property value not found";

/** Short and long names of the properties that are true or false of a character; the host knows the first one. */
const BINARY = `
AHex=ASCII_Hex_Digit Alpha=Alphabetic Bidi_C=Bidi_Control Bidi_M=Bidi_Mirrored CI=Case_Ignorable Cased
CWCF=Changes_When_Casefolded CWCM=Changes_When_Casemapped CWL=Changes_When_Lowercased CWT=Changes_When_Titlecased
CWU=Changes_When_Uppercased Dash DI=Default_Ignorable_Code_Point Dep=Deprecated Dia=Diacritic Emoji
EComp=Emoji_Component EMod=Emoji_Modifier EBase=Emoji_Modifier_Base EPres=Emoji_Presentation
ExtPict=Extended_Pictographic Ext=Extender Gr_Base=Grapheme_Base Gr_Ext=Grapheme_Extend Hex=Hex_Digit
IDSB=IDS_Binary_Operator IDST=IDS_Trinary_Operator IDC=ID_Continue IDS=ID_Start Ideo=Ideographic Join_C=Join_Control
LOE=Logical_Order_Exception Lower=Lowercase Math NChar=Noncharacter_Code_Point Pat_Syn=Pattern_Syntax
Pat_WS=Pattern_White_Space QMark=Quotation_Mark Radical RI=Regional_Indicator STerm=Sentence_Terminal
SD=Soft_Dotted Term=Terminal_Punctuation UIdeo=Unified_Ideograph Upper=Uppercase VS=Variation_Selector
White_Space=space=WSpace XIDC=XID_Continue XIDS=XID_Start`;

/** The same of the general categories, surrogates left out: no text has them. */
const CATEGORIES = `
Any ASCII Assigned C=Other Cc=Control=Cntrl Cf=Format Cn=Unassigned Co=Private_Use L=Letter LC=Cased_Letter
Ll=Lowercase_Letter Lm=Modifier_Letter Lo=Other_Letter Lt=Titlecase_Letter Lu=Uppercase_Letter M=Mark=Combining_Mark
Mc=Spacing_Mark Me=Enclosing_Mark Mn=Nonspacing_Mark N=Number Nd=Decimal_Number=Digit Nl=Letter_Number
No=Other_Number P=Punctuation=Punct Pc=Connector_Punctuation Pd=Dash_Punctuation Pe=Close_Punctuation
Pf=Final_Punctuation Pi=Initial_Punctuation Po=Other_Punctuation Ps=Open_Punctuation S=Symbol Sc=Currency_Symbol
Sk=Modifier_Symbol Sm=Math_Symbol So=Other_Symbol Z=Separator Zl=Line_Separator Zp=Paragraph_Separator
Zs=Space_Separator`;

/** The same of the scripts. */
const SCRIPTS = `
Adlm=Adlam Aghb=Caucasian_Albanian Ahom Arab=Arabic Armi=Imperial_Aramaic Armn=Armenian Avst=Avestan Bali=Balinese
Bamu=Bamum Bass=Bassa_Vah Batk=Batak Beng=Bengali Bhks=Bhaiksuki Bopo=Bopomofo Brah=Brahmi Brai=Braille Bugi=Buginese
Buhd=Buhid Cakm=Chakma Cans=Canadian_Aboriginal Cari=Carian Cham Cher=Cherokee Chrs=Chorasmian Copt=Coptic=Qaac
Cpmn=Cypro_Minoan Cprt=Cypriot Cyrl=Cyrillic Deva=Devanagari Diak=Dives_Akuru Dogr=Dogra Dsrt=Deseret Dupl=Duployan
Egyp=Egyptian_Hieroglyphs Elba=Elbasan Elym=Elymaic Ethi=Ethiopic Gara=Garay Geor=Georgian Glag=Glagolitic
Gong=Gunjala_Gondi Gonm=Masaram_Gondi Goth=Gothic Gran=Grantha Grek=Greek Gujr=Gujarati Gukh=Gurung_Khema
Guru=Gurmukhi Hang=Hangul Hani=Han Hano=Hanunoo Hatr=Hatran Hebr=Hebrew Hira=Hiragana Hluw=Anatolian_Hieroglyphs
Hmng=Pahawh_Hmong Hmnp=Nyiakeng_Puachue_Hmong Hung=Old_Hungarian Ital=Old_Italic Java=Javanese Kali=Kayah_Li
Kana=Katakana Kawi Khar=Kharoshthi Khmr=Khmer Khoj=Khojki Kits=Khitan_Small_Script Knda=Kannada Krai=Kirat_Rai
Kthi=Kaithi Lana=Tai_Tham Laoo=Lao Latn=Latin Lepc=Lepcha Limb=Limbu Lina=Linear_A Linb=Linear_B Lisu Lyci=Lycian
Lydi=Lydian Mahj=Mahajani Maka=Makasar Mand=Mandaic Mani=Manichaean Marc=Marchen Medf=Medefaidrin Mend=Mende_Kikakui
Merc=Meroitic_Cursive Mero=Meroitic_Hieroglyphs Mlym=Malayalam Modi Mong=Mongolian Mroo=Mro Mtei=Meetei_Mayek
Mult=Multani Mymr=Myanmar Nagm=Nag_Mundari Nand=Nandinagari Narb=Old_North_Arabian Nbat=Nabataean Newa Nkoo=Nko
Nshu=Nushu Ogam=Ogham Olck=Ol_Chiki Onao=Ol_Onal Orkh=Old_Turkic Orya=Oriya Osge=Osage Osma=Osmanya Ougr=Old_Uyghur
Palm=Palmyrene Pauc=Pau_Cin_Hau Perm=Old_Permic Phag=Phags_Pa Phli=Inscriptional_Pahlavi Phlp=Psalter_Pahlavi
Phnx=Phoenician Plrd=Miao Prti=Inscriptional_Parthian Rjng=Rejang Rohg=Hanifi_Rohingya Runr=Runic Samr=Samaritan
Sarb=Old_South_Arabian Saur=Saurashtra Sgnw=SignWriting Shaw=Shavian Shrd=Sharada Sidd=Siddham Sind=Khudawadi
Sinh=Sinhala Sogd=Sogdian Sogo=Old_Sogdian Sora=Sora_Sompeng Soyo=Soyombo Sund=Sundanese Sunu=Sunuwar
Sylo=Syloti_Nagri Syrc=Syriac Tagb=Tagbanwa Takr=Takri Tale=Tai_Le Talu=New_Tai_Lue Taml=Tamil Tang=Tangut
Tavt=Tai_Viet Telu=Telugu Tfng=Tifinagh Tglg=Tagalog Thaa=Thaana Thai Tibt=Tibetan Tirh=Tirhuta Tnsa=Tangsa
Todr=Todhri Toto Tutg=Tulu_Tigalari Ugar=Ugaritic Vaii=Vai Vith=Vithkuqi Wara=Warang_Citi Wcho=Wancho Xpeo=Old_Persian
Xsux=Cuneiform Yezi=Yezidi Yiii=Yi Zanb=Zanabazar_Square Zinh=Inherited=Qaai Zyyy=Common`;

/** What a name says about a property, as the host writes it, by the loose form of each of its spellings. */
type Names = ReadonlyMap<string, string>;

function table(text: string, prefix = ""): Names {
  const names = new Map<string, string>();
  for (const spellings of text.trim().split(/\s+/)) {
    const [first, ...others] = spellings.split("=");
    for (const each of [first as string, ...others]) names.set(loose(each), prefix + first);
  }
  return names;
}

/** The tables, made when the first property is looked up. */
let tables: Readonly<Record<"binary" | "category" | "script" | "extension", Names>> | null = null;

function allTables(): NonNullable<typeof tables> {
  return tables ??= {
    binary: table(BINARY),
    category: table(CATEGORIES),
    script: table(SCRIPTS, "Script="),
    extension: table(SCRIPTS, "Script_Extensions="),
  };
}

/** A name as it is compared. */
function loose(name: string): string {
  const squeezed = name.replaceAll(/[ _-]|[^\0-\x7f]/g, "").toLowerCase();
  if (!/^is/i.test(name)) return squeezed;
  return squeezed === "isc" ? squeezed : squeezed.slice(2);
}

/** The properties that have values. */
const VALUED: Readonly<Record<string, "category" | "script" | "extension">> = {
  generalcategory: "category",
  gc: "category",
  script: "script",
  sc: "script",
  scriptextensions: "extension",
  scx: "extension",
};

/** Names of other things than binary properties, which are not looked for among those. */
const AMBIGUOUS: ReadonlySet<string> = new Set(["cf", "sc", "lc"]);

/** The set that `\p{…}` means by what is between the braces. */
export function propertySet(text: string, letters: Case): CharSet | UnknownProperty {
  const [, name = "", operator = "", value = ""] = /^([^]*?)(!=|:|=)([^]*)$/.exec(text) ?? [];
  if (operator === "") return named(text, letters);
  const kind = VALUED[loose(name)];
  if (kind === undefined) return "Unicode property not found";
  const canonical = allTables()[kind].get(loose(value));
  if (canonical === undefined) return "Unicode property value not found";
  const set = known(canonical, letters);
  return operator === "!=" && typeof set !== "string" ? complement(set) : set;
}

function named(text: string, letters: Case): CharSet | UnknownProperty {
  const name = loose(text);
  const { binary, category, script } = allTables();
  const canonical = (AMBIGUOUS.has(name) ? undefined : binary.get(name)) ?? category.get(name) ?? script.get(name);
  return canonical === undefined ? "Unicode property not found" : known(canonical, letters);
}

/** A property of the host, which may be older than the tables here. */
function known(canonical: string, letters: Case): CharSet | UnknownProperty {
  try {
    return property(canonical, letters);
  } catch {
    return "Unicode property value not found";
  }
}
