// SPDX-License-Identifier: Apache-2.0

/*
 * OPV: per-CPU transactions, raw operation vectors, queries and drains.
 *
 * The grammar accepts a little more than the language, where a later phase can say better what is wrong: what may
 * stand left of an assignment, which calls are statements, which operators need parentheses beside each other. It
 * never needs more than one token of lookahead to choose, so parsing stays linear on any input.
 */
grammar Opv;

file
    : packageDeclaration? prefixDeclaration? importDeclaration* declaration* EOF
    ;

packageDeclaration
    : PACKAGE name (DOT name)* SEMICOLON
    ;

// What every name in C begins with.
prefixDeclaration
    : PREFIX name SEMICOLON
    ;

importDeclaration
    : IMPORT STRING SEMICOLON
    ;

declaration
    : constDeclaration
    | structDeclaration
    | unitDeclaration
    ;

constDeclaration
    : CONST name (ASSIGN expression | COLON type LBRACKET RBRACKET ASSIGN table) SEMICOLON
    ;

table
    : LBRACE expression (COMMA expression)* RBRACE
    ;

structDeclaration
    : PERCPU? STRUCT name LBRACE field* RBRACE
    ;

field
    : type name arrayLength* (ASSIGN expression)? SEMICOLON
    ;

// `[n max 4096]` is a length that is given when the array is allocated, and named there.
arrayLength
    : LBRACKET expression (MAX expression)? RBRACKET
    ;

unitDeclaration
    : kind=(TRANSACTION | VECTOR | QUERY | DRAIN) name LPAREN (parameter (COMMA parameter)*)? RPAREN
      (RETURNS LPAREN result (COMMA result)* RPAREN)? (OUTCOMES LPAREN outcome (COMMA outcome)* RPAREN)? block
    ;

// `len max 8` bounds a length that is known only at run time.
parameter
    : PERCPU? type name (MAX expression)?
    ;

// All that a transaction can end with besides committing.
outcome
    : name
    ;

result
    : type name resultLength*
    ;

// `[]` is as long as what is assigned.
resultLength
    : LBRACKET expression? RBRACKET
    ;

type
    : (primitiveType | name) STAR*
    ;

primitiveType
    : U8 | U16 | U32 | U64 | I8 | I16 | I32 | I64 | F32 | F64 | BOOL | BYTE | UPTR
    ;

block
    : LBRACE statement* RBRACE
    ;

statement
    : letStatement
    | requireStatement
    | ifStatement
    | barrierStatement
    | expressionStatement
    ;

letStatement
    : LET name ASSIGN expression SEMICOLON
    ;

requireStatement
    : REQUIRE expression ELSE name SEMICOLON
    ;

// Without braces, what `then` guards runs to the end of the block around it.
ifStatement
    : IF expression THEN (block elseIf* (ELSE block)? | statement*)
    ;

elseIf
    : ELSE IF expression THEN block
    ;

barrierStatement
    : BARRIER SEMICOLON
    ;

// A call stands alone; anything else is stored into, or stepped by one. What begins with the word `release` or `reset`
// and could be either, as `release (*p).f = 1;`, is the first.
expressionStatement
    : RELEASE expression ASSIGN expression SEMICOLON
    | RESET expression SEMICOLON
    | expression
      ( operator=(ASSIGN | ADD_ASSIGN | SUB_ASSIGN | MUL_ASSIGN | DIV_ASSIGN | REM_ASSIGN | OR_ASSIGN | AND_ASSIGN
        | XOR_ASSIGN | SHL_ASSIGN | SHR_ASSIGN) expression
      | step=(INCREMENT | DECREMENT)
      )? SEMICOLON
    ;

expression
    : primary                                                                       # primaryExpression
    | expression DOT name                                                           # memberExpression
    | expression ARROW name                                                         # pointerMemberExpression
    | expression LBRACKET expression RBRACKET                                       # indexExpression
    | operator=(MINUS | NOT | COMPLEMENT | STAR | AND) expression                   # prefixExpression
    | expression operator=(STAR | DIVIDE | REMAINDER) expression                    # binaryExpression
    | expression operator=(PLUS | MINUS) expression                                 # binaryExpression
    | expression operator=(SHL | SHR) expression                                    # binaryExpression
    | expression operator=AND expression                                            # binaryExpression
    | expression operator=XOR expression                                            # binaryExpression
    | expression operator=OR expression                                             # binaryExpression
    | expression operator=(LT | LE | GT | GE) expression                            # binaryExpression
    | expression operator=(EQ | NE) expression                                      # binaryExpression
    | expression operator=LOGICAL_AND expression                                    # binaryExpression
    | expression operator=LOGICAL_OR expression                                     # binaryExpression
    ;

primary
    : literal=(INTEGER | FLOAT | TRUE | FALSE | NULL | INF | NAN)                   # literalPrimary
    | name                                                                          # namePrimary
    | name LPAREN (expression (COMMA expression)*)? RPAREN                          # callPrimary
    | primitiveType LPAREN expression RPAREN                                        # conversionPrimary
    | CAST LT type GT LPAREN expression RPAREN                                      # castPrimary
    | SIZEOF LPAREN type RPAREN                                                     # sizeofPrimary
    | LPAREN expression RPAREN                                                      # parenthesizedPrimary
    ;

// Words of the grammar in one position only, so that fields, functions and units may have them as names: `max` behind a
// parameter's name, `drain` where a declaration begins, `release` and `reset` where a statement begins, `outcomes` before
// a body, `prefix` before imports.
name
    : IDENTIFIER
    | OUTCOMES
    | MAX
    | DRAIN
    | RELEASE
    | PREFIX
    | RESET
    ;

PACKAGE: 'package';
PREFIX: 'prefix';
IMPORT: 'import';
CONST: 'const';
PERCPU: 'percpu';
STRUCT: 'struct';
TRANSACTION: 'transaction';
VECTOR: 'vector';
QUERY: 'query';
DRAIN: 'drain';
RETURNS: 'returns';
OUTCOMES: 'outcomes';
LET: 'let';
REQUIRE: 'require';
ELSE: 'else';
IF: 'if';
THEN: 'then';
BARRIER: 'barrier';
RELEASE: 'release';
RESET: 'reset';
CAST: 'cast';
SIZEOF: 'sizeof';
TRUE: 'true';
FALSE: 'false';
NULL: 'null';
INF: 'inf';
NAN: 'nan';
MAX: 'max';

U8: 'u8';
U16: 'u16';
U32: 'u32';
U64: 'u64';
I8: 'i8';
I16: 'i16';
I32: 'i32';
I64: 'i64';
F32: 'f32';
F64: 'f64';
BOOL: 'bool';
BYTE: 'byte';
UPTR: 'uptr';

ADD_ASSIGN: '+=';
SUB_ASSIGN: '-=';
MUL_ASSIGN: '*=';
DIV_ASSIGN: '/=';
REM_ASSIGN: '%=';
OR_ASSIGN: '|=';
AND_ASSIGN: '&=';
XOR_ASSIGN: '^=';
SHL_ASSIGN: '<<=';
SHR_ASSIGN: '>>=';
INCREMENT: '++';
DECREMENT: '--';
ARROW: '->';
SHL: '<<';
SHR: '>>';
LE: '<=';
GE: '>=';
EQ: '==';
NE: '!=';
LOGICAL_AND: '&&';
LOGICAL_OR: '||';
LT: '<';
GT: '>';
ASSIGN: '=';
PLUS: '+';
MINUS: '-';
STAR: '*';
DIVIDE: '/';
REMAINDER: '%';
AND: '&';
OR: '|';
XOR: '^';
NOT: '!';
COMPLEMENT: '~';
DOT: '.';
COMMA: ',';
COLON: ':';
SEMICOLON: ';';
LPAREN: '(';
RPAREN: ')';
LBRACE: '{';
RBRACE: '}';
LBRACKET: '[';
RBRACKET: ']';

IDENTIFIER: [A-Za-z_] [A-Za-z_0-9]*;

FLOAT
    : DIGIT+ '.' DIGIT+ EXPONENT?
    | DIGIT+ EXPONENT
    ;

// Also what only begins like a number, so that one message can cover all of it.
INTEGER: DIGIT [0-9A-Za-z_]*;

STRING: '"' ~["\r\n]* '"';

// A documentation comment is one that begins with two stars. The body never runs over a `*/`, however long a match
// would be, so a comment without an end is the only one that the next rule can win.
BLOCK_COMMENT: '/*' COMMENT_BODY '*'+ '/' -> channel(HIDDEN);
UNTERMINATED_COMMENT: '/*' COMMENT_BODY '*'* EOF -> channel(HIDDEN);
LINE_COMMENT: '//' ~[\r\n]* -> channel(HIDDEN);
WHITE_SPACE: [ \t\r\n\f]+ -> channel(HIDDEN);

// What no other rule takes. The parser never sees these, nor a comment without an end: they are reported from the
// token list.
UNTERMINATED_STRING: '"' ~["\r\n]* -> channel(HIDDEN);
UNKNOWN: . -> channel(HIDDEN);

fragment DIGIT: [0-9];
fragment COMMENT_BODY: (~'*' | '*'+ ~[*/])*;
fragment EXPONENT: [eE] [+-]? DIGIT+;
