// The words and signs of Cordon.
//
// A word is a keyword only where its statement uses it: interpreter/syntax/words.cc turns every other one back into a
// NAME (before `:` and after `.` every word is a name). It also joins the words of a phrase into one token, and makes
// the tokens below that stand for layout: the left margin, an indented opening word (INNER where it begins a
// declaration below `add` or `replace`), the first and last `|` of a line.
lexer grammar CordonLexer;

tokens {
  // Layout.
  MARGIN, INNER, INDENT, ROW_START, ROW_END,
  // The words `row` and `case` at the head of a table, and `count` before a bracket.
  ROW, CASE, COUNT,
  // Phrases: one token each, so that their words stay free.
  IN_FORCE_FROM, LIST_OF, OR_NONE, NAMED_BY, CONFIDENTIAL_TO, UNLESS_ASKED,
  FOR_EACH, FOR_ONE, EVERY_RULE_FOR, WITH_GAPS, FIRST_ROW_WINS,
  MUST_NOT, SHOULD_NOT, NEED_NOT, MUST_CONSIDER, SHOULD_CONSIDER, MAY_CONSIDER,
  AS_FAR_AS_POSSIBLE, DUE_BY, NO_DUTY, TEXT_UNAVAILABLE, JUDGEMENT_BY, DECIDED_IN,
  INSTEAD_OF, TO_BE_SETTLED_BY,
  IS_NOT, IS_KNOWN, IS_UNKNOWN, IS_EMPTY, IS_NOT_EMPTY, IS_NONE, IS_NOT_NONE,
  IS_JUDGEMENT, IS_NOT_JUDGEMENT, IS_COVERED, IS_NOT_COVERED, IS_CONFLICT, IS_NOT_CONFLICT,
  IS_PROVISIONAL, IS_PROVISIONALLY, NOT_IN, NOT_ASKED, NOT_COVERED,
  WITHIN_THE_LAST, MORE_THAN, LESS_THAN, AT_LEAST
}

// ---- words that begin a declaration, at the left margin
POLICY: 'policy'; LIBRARY: 'library'; USE: 'use'; SUBJECT: 'subject'; CATEGORY: 'category'; SCALE: 'scale'; SET: 'set';
ROLE: 'role'; EVENT: 'event'; RECORD: 'record'; PARAM: 'param'; FACT: 'fact'; GROUP: 'group'; ACTION: 'action';
DEFINE: 'define'; PROTOCOL: 'protocol'; CLAIM: 'claim'; OMIT: 'omit';
CHANGE: 'change'; ADD: 'add'; REPLACE: 'replace'; REMOVE: 'remove'; RENAME: 'rename';

// ---- words that begin a statement of a protocol, indented (`define` is one too)
OUTPUT: 'output'; RULE: 'rule'; TABLE: 'table'; GUARANTEE: 'guarantee'; EXAMPLE: 'example'; TEST: 'test';
CASES: 'cases'; RELEASE: 'release';

// ---- words inside declarations
VERSION: 'version'; UNDATED: 'undated'; TITLE: 'title'; ISSUER: 'issuer'; SOURCE: 'source';
REQUIRE: 'require'; OF: 'of'; RECORDED: 'recorded'; ASSUME: 'assume'; BECAUSE: 'because';
CITE: 'cite'; ANSWERS: 'answers'; INTERPRETATION: 'interpretation'; QUOTE: 'quote'; TEXT: 'text'; HELP: 'help';
ASK: 'ask';
REVISES: 'revises'; UPON: 'upon'; ADAPTS: 'adapts'; CONFORMS: 'conforms';

// ---- words inside statements
ABOUT: 'about'; STRICTEST: 'strictest'; UNIQUE: 'unique'; DEFAULT: 'default'; MEANS: 'means';
OVERRIDES: 'overrides'; UNLESS: 'unless'; THEN: 'then'; ALSO: 'also';
MUST: 'must'; SHOULD: 'should'; MAY: 'may'; TO: 'to'; AT: 'at'; AFTER: 'after'; DURING: 'during';
WITH: 'with'; WEIGHING: 'weighing'; DUE: 'due'; UNTIL: 'until'; EXCEPT: 'except'; EACH: 'each';
EXACTLY: 'exactly'; DROPS: 'drops'; AS: 'as'; LATEST: 'latest'; EARLIEST: 'earliest'; BY: 'by';
ANY: 'any'; SILENT: 'silent'; ALWAYS: 'always'; NEVER: 'never';
LIKE: 'like'; GIVEN: 'given'; EXPECT: 'expect'; NEEDS: 'needs'; UNKNOWN: 'unknown';
JUDGEMENT: 'judgement'; CONFLICT: 'conflict'; PROVISIONALLY: 'provisionally';

// ---- words of conditions: reserved everywhere
WHEN: 'when'; OTHERWISE: 'otherwise'; AND: 'and'; OR: 'or'; NOT: 'not'; IMPLIES: 'implies';
SOME: 'some'; EVERY: 'every'; IN: 'in'; HAS: 'has'; WHERE: 'where'; IS: 'is';
WITHIN: 'within'; BEFORE: 'before'; AGO: 'ago'; TODAY: 'today'; NOW: 'now'; YES: 'yes'; NO: 'no'; EMPTY: 'empty';

// ---- values
DATETIME: D4 '-' D2 '-' D2 'T' D2 ':' D2;
DATE: D4 '-' D2 '-' D2;
MONTH: D4 '-' D2;
QUANTITY: [0-9]+ BLANK* ('year' | 'month' | 'week' | 'day' | 'hour' | 'minute') 's'?;
DECIMAL: [0-9]+ '.' [0-9]+;
INT: [0-9]+;
ROW_NAME: [0-9]+ [\p{L}_] [\p{L}\p{M}\p{N}_]*;
STRING: '"' STRING_PART* '"';
NAME: [\p{L}_] [\p{L}\p{M}\p{N}_]*;
fragment D2: [0-9] [0-9];
fragment D4: D2 D2;
fragment BLANK: [ \t\u00A0];
fragment STRING_PART: ~["\\\r\n] | '\\' ~[\r\n];

// ---- signs
BARBAR: '||'; BAR: '|'; ARROW: '->' | '→';
LE: '<=' | '≤'; GE: '>=' | '≥'; NE: '!=' | '≠'; LT: '<'; GT: '>'; EQ: '='; PLUS: '+'; MINUS: '-'; TIMES: '*';
DOTDOT: '..'; DOT: '.'; COMMA: ','; COLON: ':';
LP: '('; RP: ')'; LB: '['; RB: ']'; LC: '{'; RC: '}';

COMMENT: '#' ~[\r\n]* -> channel(HIDDEN);
BLANKS: [ \t\r\n\f\u00A0\u2000-\u200B\u202F\u205F\u3000\uFEFF]+ -> channel(HIDDEN);

// ---- what people type instead; no parser rule has them: interpreter/syntax/mend_signs.cc has a message for each
BAD_STRING: '"' STRING_PART* '\\'?;
CURLY_STRING: [“”„‟«»] ~["“”‟«»\r\n]* ["“”‟«»]? | ['‘’‚`´] ~['‘’`´\r\n]* ['‘’`´]?;
BAD_DATE: D4 [-/.] [0-9] [0-9]? [-/.] [0-9] [0-9]? | [0-9] [0-9]? [-/.] [0-9] [0-9]? [-/.] D4;
BAD_DATETIME: D4 '-' D2 '-' D2 ('T' | 't' | BLANK+) [0-9] [0-9]? ([:.] [0-9] [0-9]?)? ([:.] [0-9]+)? 'Z'?;
BAD_OPERATOR: '=<' | '=>' | '==' | '<>' | '&&' | '&' | '!' | '/' | '%';
DASH: [–—−‐‑‒―];
BAD_CHAR: .;
