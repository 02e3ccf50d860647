// The parser runtime's headers as clang takes them; the build puts this file in front of every source that includes them.
//
// misc/InterpreterDataReader.h has a constructor that clang refuses: it leaves out a member that has no default. Nothing
// here uses it. The macro gives that one member a value, for that one header; the layout of no class changes.
#pragma once

#include "antlr4-common.h"

#include "Vocabulary.h"
#include "atn/ATN.h"

#define vocabulary vocabulary{{}, {}}
#include "misc/InterpreterDataReader.h"
#undef vocabulary
