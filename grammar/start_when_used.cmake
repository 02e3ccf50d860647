# Makes a generated lexer or parser read its tables when the first one is made, not when the program starts: most starts
# parse nothing, and reading the tables is half of what such a start costs.
#
#   cmake -DSOURCE=CordonLexer.cpp -DCLASS=CordonLexer -DARGUMENT="CharStream *input" -DBASE="Lexer(input)" -P this
#
# SOURCE is rewritten in place. Fails where it is not laid out as expected, as with another version of ANTLR.
file(READ ${SOURCE} text)
set(constructor "${CLASS}::${CLASS}(${ARGUMENT}) : ${BASE} {")
set(at_start "${CLASS}::Initializer ${CLASS}::_init;")
foreach(piece IN ITEMS "${constructor}" "${at_start}")
  string(FIND "${text}" "${piece}" found)
  if(found EQUAL -1)
    message(FATAL_ERROR "${SOURCE} has no `${piece}`")
  endif()
endforeach()
string(REPLACE "${constructor}" "${constructor}\n  static const Initializer once;" text "${text}")
string(REPLACE "${at_start}" "" text "${text}")
file(WRITE ${SOURCE} "${text}")
