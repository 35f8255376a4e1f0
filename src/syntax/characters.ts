// Characters by what they can begin or continue, as a table of the ASCII ones. Beyond ASCII everything may stand in a
// name: which letters really may is a table larger than this whole folder.

/** What a character can begin. */
export enum Class {
  Stray,
  Blank,
  LineEnd,
  Comment,
  Continuation,
  Word,
  Digit,
  Quote,
  Dot,
  Operator,
}

export const TAB = 9;
export const LINE_FEED = 10;
export const FORM_FEED = 12;
export const RETURN = 13;
export const BLANK = 32;
export const COLON = 58;
export const BACKSLASH = 92;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
export const LAST_ASCII = 127;
export const BYTE_ORDER_MARK = 0xfeff;

const CLASSES = classes();

/** The class of a character code; Stray for NaN, which is what stands behind the end of a text. */
export function classOf(code: number): Class {
  return code > LAST_ASCII ? Class.Word : ((CLASSES[code] ?? Class.Stray) as Class);
}

/** Whether an ASCII character may continue a name. */
export function continuesWord(code: number): boolean {
  const found = CLASSES[code];
  return found === Class.Word || found === Class.Digit;
}

export function isLineEnd(code: number): boolean {
  return code === LINE_FEED || code === RETURN;
}

function classes(): Uint8Array {
  const table = new Uint8Array(LAST_ASCII + 1);
  const put = (found: Class, characters: string) => {
    for (const character of characters) table[character.charCodeAt(0)] = found;
  };
  put(Class.Blank, ' \t\f');
  put(Class.Comment, '#');
  put(Class.Continuation, '\\');
  put(Class.Digit, '0123456789');
  put(Class.Dot, '.');
  put(Class.LineEnd, '\n\r');
  put(Class.Operator, '!%&()*+,-/:;<=>@[]^{|}~');
  put(Class.Quote, '"\'');
  put(Class.Word, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz');
  return table;
}
