// The grammar of Cordon, in the order in which the language manual presents it.
//
// It has no ambiguity: tests/unit/parse_test.cc holds the two prediction modes of the parser against each other, and
// each part of each rule against a text that uses it. Tokens in capitals are words (CordonLexer.g4); MARGIN, INNER and
// INDENT stand before each opening word, ROW_START and ROW_END for the first and last `|` of a table line. What a rule
// here lets pass for the sake of a better message is checked by the tree builder: `and` beside `or` without brackets, a
// clause given twice.
parser grammar CordonParser;
options { tokenVocab = CordonLexer; }

// ---------------------------------------------------------------- 1. a file

// The statements after a protocol's line are its statements; those after `add to …`, and the declarations after `add`,
// are what is added.
policyFile: (MARGIN declaration | INNER declaration | INDENT statement)* EOF;

declaration
  : policyHeader | libraryHeader | useLine
  | subjectDeclaration | categoryDeclaration | scaleDeclaration | setDeclaration | roleDeclaration | eventDeclaration
  | recordDeclaration | paramDeclaration | factDeclaration | groupDeclaration | actionDeclaration
  | definition | protocolLine | claim | interpretationRecord | omission
  | change | changeRow | addition | removal | renaming
  ;
statement
  : outputStatement | definition | ruleStatement | tableStatement | guarantee | example | test | cases | release
  ;

policyHeader: POLICY qualifiedName VERSION version headerLine*;
version: DATE | MONTH | INT | STRING | UNDATED;
headerLine: TITLE languageText+ | ISSUER STRING | sourceLine | IN_FORCE_FROM DATE (TO DATE)? | revises | adapts;
revises: REVISES version (UPON qualifiedName VERSION version)?;
adapts: ADAPTS qualifiedName VERSION version (TEXT_UNAVAILABLE because)?;
sourceLine: SOURCE name STRING;
libraryHeader: LIBRARY qualifiedName sourceLine*;
useLine: USE qualifiedName (COMMA qualifiedName)*;

// ---------------------------------------------------------------- 2. sources, texts and names

// An interpretation without a text is the one recorded at the margin.
note
  : cite | answers | interpretation | QUOTE languageText+ | TEXT languageText+ | HELP languageText+ | ASK languageText+
  ;
cite: CITE name STRING;
answers: ANSWERS STRING (COMMA STRING)*;
interpretation: INTERPRETATION rowName STRING?;
because: BECAUSE STRING;
languageText: name STRING+;

interpretationRecord: INTERPRETATION rowName STRING (INSTEAD_OF STRING)* settledBy? TEXT_UNAVAILABLE? cite*;
settledBy: TO_BE_SETTLED_BY name (COMMA name)*;
omission: OMIT STRING (COMMA STRING)* changeNote*;

qualifiedName: name (DOT rowName)*;
rowName: name | INT | ROW_NAME;
name: NAME;

// ---------------------------------------------------------------- 3. vocabulary: categories, roles, records

subjectDeclaration: SUBJECT name;
categoryDeclaration: CATEGORY name EQ node (COMMA node)* note*;
node: symbol (LP node (COMMA node)* RP)?;
symbol: name languageText*;
scaleDeclaration: SCALE name EQ symbol (LT symbol)* note*;
setDeclaration: SET name COLON name EQ LC name (COMMA name)* RC note*;
roleDeclaration: ROLE name languageText*;
eventDeclaration: EVENT name languageText*;

recordDeclaration: RECORD name (NAMED_BY name)? note* recordLine+;
recordLine: field | REQUIRE condition;
field: name (COLON type | EQ expression) note*;
type: LIST_OF? name OR_NONE?;

// ---------------------------------------------------------------- 4. facts and what is asked

paramDeclaration: PARAM name EQ operand note*;
factDeclaration: FACT name (OF name)? COLON type factLine*;
factLine: RECORDED | assumption | CONFIDENTIAL_TO name (COMMA name)* | note;
assumption: ASSUME operand UNLESS_ASKED? because;
groupDeclaration: GROUP name EQ name (COMMA name)* note*;
actionDeclaration: ACTION name parameters? note*;
parameters: LP parameter (COMMA parameter)* RP;
parameter: name COLON type;
definition: DEFINE name parameters? EQ expression note*;

// ---------------------------------------------------------------- 5. protocols, outputs and rules

protocolLine: PROTOCOL name protocolClause*;
protocolClause: ABOUT name | inSettings | note;
inSettings: IN qualifiedName (COMMA qualifiedName)*;

outputStatement: OUTPUT name COLON type (STRICTEST | UNIQUE) outputLine*;
outputLine: DEFAULT operand | MEANS duty | note;

// A rule that drops something may conclude nothing of its own.
ruleStatement: RULE name ruleClause* ruleConditions? (THEN conclusion (ALSO conclusion)*)?;
ruleConditions: (WHEN condition (UNLESS condition)? | UNLESS condition) drops*;
ruleClause: inSettings | forEach | overrides | drops | because | note;
forEach: FOR_EACH name IN operand;
overrides: OVERRIDES EVERY_RULE_FOR? qualifiedName (COMMA qualifiedName)*;
drops: DROPS qualifiedName (COMMA qualifiedName)*;

conclusion: qualifiedName (EQ | EXACTLY) conclusionValue | duty;
conclusionValue: judgement | operand;
judgement: JUDGEMENT_BY name (WITH name (COMMA name)*)? (WEIGHING name)? (DECIDED_IN name)?;

// An `after` that directly follows `every PERIOD` belongs to it; any other one names an event.
duty: obligation (dutyQualifier | UNTIL condition | roles)*;
roles: (WITH | TO) name (COMMA name)*;
role: (WITH | TO) name;
obligation: name modality name arguments?;
modality: MUST | MUST_NOT | SHOULD | SHOULD_NOT | MAY | NEED_NOT | MUST_CONSIDER | SHOULD_CONSIDER | MAY_CONSIDER;
arguments: LP (argument (COMMA argument)*)? RP;
argument: operand | EACH name IN operand;
dutyQualifier
  : AS_FAR_AS_POSSIBLE | STRING | (AT | BEFORE | DURING) name | AFTER operand
  | DUE_BY operand | DUE operand AFTER operand | EVERY operand | EXCEPT STRING
  ;

release: RELEASE qualifiedName TO name (COMMA name)* AS languageText+ (because | note)*;

// ---------------------------------------------------------------- 6. tables

tableStatement: TABLE name tableClause* part+;
tableClause: WITH_GAPS | FIRST_ROW_WINS | inSettings | overrides | because | note;
part: forEach? heading row+;
heading: ROW_START ROW (BAR inputHead)+ BARBAR outputHead (BAR outputHead)* ROW_END;
inputHead: WHEN | operand;
outputHead: qualifiedName | name COLON name;
row: ROW_START rowName (BAR cell)+ BARBAR conclusionCell (BAR conclusionCell)* ROW_END note*;
cell: ANY | OTHERWISE | comparisonTail | operand DOTDOT operand | condition;
conclusionCell: SILENT | modality arguments? | conclusionValue;

// ---------------------------------------------------------------- 7. conditions and values

expression: condition (WHEN condition COMMA OTHERWISE condition)*;

condition: chain (IMPLIES chain)?;
chain: negation ((AND | OR) negation)*;
negation: NOT* (quantified | comparison);
quantified: (SOME | EVERY | NO) name IN operand HAS LP expression RP;
comparison: operand comparisonTail?;
comparisonTail
  : (LT | LE | GT | GE | EQ | NE) operand
  | (IS | IS_NOT) (qualifiedName | literal)
  | IS AT_LEAST operand
  | (IN | NOT_IN) operand (DOTDOT operand)?
  | IS_KNOWN | IS_UNKNOWN | IS_EMPTY | IS_NOT_EMPTY | IS_NONE | IS_NOT_NONE
  | IS_JUDGEMENT | IS_NOT_JUDGEMENT | IS_COVERED | IS_NOT_COVERED | IS_CONFLICT | IS_NOT_CONFLICT
  | WITHIN_THE_LAST operand
  | WITHIN operand BEFORE operand
  | (LESS_THAN | MORE_THAN | AT_LEAST) operand (AGO | BEFORE operand)
  ;

operand: product ((PLUS | MINUS) product)*;
product: term (TIMES term)*;
term: (literal | EMPTY | TODAY | NOW | reference | count | latest | setLiteral | bracketed) where?;
where: WHERE LP expression RP;
reference: qualifiedName (LP expression (COMMA expression)* RP)?;
latest: (LATEST | EARLIEST) (qualifiedName | bracketed) BY qualifiedName;
count: COUNT LP expression RP;
bracketed: LP expression RP (DOT name)*;
setLiteral: LC qualifiedName (COMMA qualifiedName)* RC;
literal: YES | NO | STRING | DATE | DATETIME | QUANTITY | MINUS? (INT | DECIMAL);

// ---------------------------------------------------------------- 8. guarantees, examples and tests

guarantee: GUARANTEE name inSettings? note* (ALWAYS | NEVER) condition note*;

example: EXAMPLE name likeExample? setupLine*;
likeExample: LIKE name;
setupLine: TODAY (DATE | DATETIME) | GIVEN binding (COMMA binding)*;
binding: qualifiedName EQ factValue;
factValue
  : UNKNOWN | NOT_ASKED | EMPTY | literal | imprecise | qualifiedName
  | AT_LEAST? LB (factValue (COMMA factValue)*)? RB
  | LC (factField (COMMA factField)*)? RC
  ;
factField: name COLON factValue;
imprecise: MONTH | moment DOTDOT moment? | DOTDOT moment;
moment: DATE | DATETIME | MONTH | INT;

test: TEST STRING likeExample? setupLine* expectLine+;
expectLine: EXPECT expectation (COMMA expectation)*;
expectation: outputExpectation | dutyExpectation;
outputExpectation
  : qualifiedName
    (EQ operand | IS_PROVISIONALLY (operand | JUDGEMENT) | IS_UNKNOWN | IS_JUDGEMENT | IS_NOT_COVERED | IS_CONFLICT)
    needs? (BECAUSE qualifiedName (COMMA qualifiedName)*)?
  ;
dutyExpectation
  : NO_DUTY? obligation (dutyQualifier | UNTIL LP expression RP | role)*
    (IS_UNKNOWN | IS_PROVISIONAL)? needs?
  ;
needs: NEEDS path (COMMA path)*;
path: name (LB INT RB | DOT rowName)*;

cases: CASES name (likeExample | forOne | setupLine)* casePart;
casePart: caseHeading caseRow+;
forOne: FOR_ONE name IN name;
caseHeading: ROW_START CASE (BAR caseInput)+ BARBAR qualifiedName (BAR qualifiedName)* ROW_END;
caseInput: TODAY | qualifiedName;
caseRow: ROW_START rowName (BAR factValue)+ BARBAR expectedCell (BAR expectedCell)* ROW_END;
expectedCell: SILENT | UNKNOWN | JUDGEMENT | NOT_COVERED | CONFLICT | PROVISIONALLY (operand | JUDGEMENT) | operand;

// ---------------------------------------------------------------- 9. changes of another version

// Of the notes below a row or field, those before `because` are its own. Where clauses and notes are added, the
// citations directly behind `because` are the reason's.
claim: CLAIM CONFORMS EXACTLY? changeNote*;
change: CHANGE qualifiedName COLON changeSide ARROW changeSide changeNote*;
changeRow: CHANGE ROW qualifiedName changeNote* (part+ | casePart) changeReason*;
addition
  : ADD (TO qualifiedName)? changeNote* (payload | addedClauses)?
  | REPLACE IN qualifiedName changeNote* (payload | addedClauses)?
  | REPLACE changeNote* payload?
  ;
removal: REMOVE qualifiedName STRING? changeNote*;
renaming: RENAME qualifiedName TO rowName changeNote*;

changeNote: because | cite;
changeReason: because cite*;
changeSide
  : languageText+ | judgement | SILENT | modality arguments?
  | ANY | OTHERWISE | comparisonTail | operand DOTDOT operand | expression
  | EVERY_RULE_FOR qualifiedName (COMMA qualifiedName)* | qualifiedName (COMMA qualifiedName)+
  | givenSide | PROVISIONALLY (operand | JUDGEMENT)
  ;
// What only a fact of a case can be; two dates with `..` are also a test of a table's cell.
givenSide
  : MONTH (DOTDOT moment?)? | (DATE | DATETIME | INT) DOTDOT MONTH? | DOTDOT moment
  | AT_LEAST? LB (factValue (COMMA factValue)*)? RB
  | LC (factField (COMMA factField)*)? RC
  ;
payload: part+ changeReason* | casePart changeReason* | field+ changeReason* | node (COMMA node)* changeNote*;
addedClauses
  : addedClause (addedClause | changeNote)* (addedConditions changeNote*)? | addedConditions changeNote*
  ;
addedClause: inSettings | overrides | drops | addedNote;
addedNote
  : answers | interpretation | QUOTE languageText+ | TEXT languageText+ | HELP languageText+ | ASK languageText+
  ;
addedConditions: addedWhen addedUnless? | addedUnless;
addedWhen: WHEN condition;
addedUnless: UNLESS condition;
