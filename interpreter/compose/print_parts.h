// Parts of a syntax tree as text without their places, so that two of them can be compared as what they say.
#pragma once

#include <string>

#include "syntax/ast.h"

namespace cordon::compose {

// Prints parts of one file's tree. Two parts of any two files say the same where their texts are equal: layout and
// comments do not show.
class PartPrinter {
 public:
  explicit PartPrinter(const syntax::File& file);

  std::string Of(syntax::Decl decl);
  std::string Of(syntax::Member member);
  std::string Of(const syntax::FieldDecl& field);
  std::string Of(const syntax::CategoryNode& node);
  std::string Of(const syntax::RowDecl& row);
  std::string Of(const syntax::CaseRow& row);
  std::string Of(syntax::ExprId expr);  // "" for none
  std::string Of(const syntax::Cell& cell);
  std::string Of(const syntax::OutCell& cell);
  std::string Of(const syntax::ConclusionValue& value);
  // What a cell of `cases` expects, whatever its output.
  std::string Of(syntax::OutputExpectation expected);
  // Either side of a `change` that is no text.
  std::string Of(const syntax::ChangeSide& side);
  // What a part of a table ranges over and its heading, without its rows.
  std::string HeadingOf(const syntax::TablePart& part);

 private:
  syntax::File file_;  // the expressions; and what is being printed
};

}  // namespace cordon::compose
