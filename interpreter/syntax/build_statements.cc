// Statements of a protocol: from parse tree to syntax tree; see build_tree.h.
#include "support/assert.h"
#include "syntax/build_tree.h"

namespace cordon::syntax {

using diagnostics::Code;
std::optional<Member> Builder::ReadStatement(P::StatementContext* tree) {
  if (auto* t = tree->outputStatement()) return ReadOutput(t);
  if (auto* t = tree->definition()) return ReadDefinition(t);
  if (auto* t = tree->ruleStatement()) return ReadRule(t);
  if (auto* t = tree->tableStatement()) return ReadTable(t);
  if (auto* t = tree->guarantee()) return ReadGuarantee(t);
  if (auto* t = tree->example()) return ReadExample(t);
  if (auto* t = tree->test()) return ReadTest(t);
  if (auto* t = tree->cases()) return ReadCases(t);
  if (auto* t = tree->release()) return ReadRelease(t);
  return std::nullopt;
}

// Citations that follow the default directly are the default's.
OutputDecl Builder::ReadOutput(P::OutputStatementContext* tree) {
  OutputDecl output;
  output.name = ReadName(tree->name());
  output.type = ReadType(tree->type());
  output.mode = tree->UNIQUE() != nullptr ? Mode::kUnique : Mode::kStrictest;
  output.span = SpanOf(tree);
  output.clauses.head =
      Cover(SpanOf(tree->OUTPUT()), SpanOf(tree->UNIQUE() != nullptr ? tree->UNIQUE() : tree->STRICTEST()));
  bool after_default = false;
  for (P::OutputLineContext* line : tree->outputLine()) {
    if (line->DEFAULT() != nullptr) {
      Once(output.default_value.valid(), line, "the default");
      output.default_value = ReadOperand(line->operand());
      after_default = true;
      continue;
    }
    if (after_default && line->note() != nullptr && line->note()->cite() != nullptr) {
      output.default_cites.push_back(ReadCite(line->note()->cite()));
      continue;
    }
    after_default = false;
    if (line->MEANS() != nullptr) {
      Once(output.means.has_value(), line, "what the output means");
      output.means = ReadDuty(line->duty());
    } else {
      ReadNote(line->note(), output.notes);
    }
  }
  return output;
}

// ---- rules

RuleDecl Builder::ReadRule(P::RuleStatementContext* tree) {
  RuleDecl rule;
  rule.name = ReadName(tree->name());
  rule.span = SpanOf(tree);
  rule.clauses.head = Cover(SpanOf(tree->RULE()), rule.name.span);
  const auto read_drops = [&](P::DropsContext* drops) {
    rule.clauses.drops = rule.drops.empty() ? SpanOf(drops) : Span{};
    for (QName& name : ReadQNames(drops->qualifiedName())) rule.drops.push_back(std::move(name));
  };
  for (P::RuleClauseContext* clause : tree->ruleClause()) {
    rule.clauses.head = Cover(rule.clauses.head, SpanOf(clause));
    if (clause->inSettings() != nullptr) {
      Once(!rule.in.empty(), clause, "the setting");
      rule.clauses.in = SpanOf(clause);
      rule.in = ReadQNames(clause->inSettings()->qualifiedName());
    } else if (clause->forEach() != nullptr) {
      Once(rule.for_each.has_value(), clause, "`for each`");
      rule.for_each = ReadForEach(clause->forEach());
    } else if (clause->overrides() != nullptr) {
      rule.overrides.push_back(ReadOverride(clause->overrides()));
    } else if (clause->drops() != nullptr) {
      read_drops(clause->drops());
    } else if (clause->because() != nullptr) {
      ReadBecause(clause->because(), rule.notes);
    } else {
      ReadNote(clause->note(), rule.notes);
    }
  }
  if (P::RuleConditionsContext* conditions = tree->ruleConditions()) {
    if (conditions->WHEN() != nullptr) {
      rule.when = ReadCondition(conditions->condition(0));
      rule.clauses.when = Cover(SpanOf(conditions->WHEN()), SpanOf(conditions->condition(0)));
    }
    if (conditions->UNLESS() != nullptr) {
      rule.unless = ReadCondition(conditions->condition().back());
      rule.clauses.unless = Cover(SpanOf(conditions->UNLESS()), SpanOf(conditions->condition().back()));
    }
    for (P::DropsContext* drops : conditions->drops()) read_drops(drops);
  }
  for (P::ConclusionContext* conclusion : tree->conclusion()) rule.conclusions.push_back(ReadConclusion(conclusion));
  if (rule.conclusions.empty() && rule.drops.empty()) {
    const Token& last = chunk_->tokens.back();
    reporter_.Report(Code::kEndsTooSoon, Inserted(Kind::END, last, last.end),
                     "`rule " + rule.name.text + "` ends too soon: it concludes nothing",
                     "here could stand `then` and a conclusion, or `drops` and what it takes away");
  }
  return rule;
}

ForEach Builder::ReadForEach(P::ForEachContext* tree) {
  return {ReadName(tree->name()), ReadOperand(tree->operand()), SpanOf(tree)};
}

Override Builder::ReadOverride(P::OverridesContext* tree) const {
  Override result;
  result.span = SpanOf(tree);
  (tree->EVERY_RULE_FOR() != nullptr ? result.every_rule_for : result.targets) = ReadQNames(tree->qualifiedName());
  const Span first = tree->EVERY_RULE_FOR() != nullptr ? SpanOf(tree->EVERY_RULE_FOR()) : result.targets.front().span;
  result.names = {first.source, first.begin, result.span.end};
  return result;
}

Conclusion Builder::ReadConclusion(P::ConclusionContext* tree) {
  if (tree->duty() != nullptr) return ReadDuty(tree->duty());
  return OutputConclusion{ReadQName(tree->qualifiedName()), ReadConclusionValue(tree->conclusionValue()),
                          tree->EXACTLY() != nullptr, SpanOf(tree)};
}

ConclusionValue Builder::ReadConclusionValue(P::ConclusionValueContext* tree) {
  if (tree->judgement() != nullptr) return ReadJudgement(tree->judgement());
  return ReadOperand(tree->operand());
}

Judgement Builder::ReadJudgement(P::JudgementContext* tree) const {
  Judgement judgement;
  judgement.span = SpanOf(tree);
  auto names = ReadNames(tree->name());
  judgement.by = names[0];
  if (tree->DECIDED_IN() != nullptr) {
    judgement.decided_in = names.back();
    names.pop_back();
  }
  if (tree->WEIGHING() != nullptr) {
    judgement.weighing = names.back();
    names.pop_back();
  }
  judgement.with.assign(names.begin() + 1, names.end());
  return judgement;
}

// ---- tables

TableDecl Builder::ReadTable(P::TableStatementContext* tree) {
  TableDecl table;
  table.name = ReadName(tree->name());
  table.span = SpanOf(tree);
  table.clauses.head = Cover(SpanOf(tree->TABLE()), table.name.span);
  for (P::TableClauseContext* clause : tree->tableClause()) {
    table.clauses.head = Cover(table.clauses.head, SpanOf(clause));
    if (clause->WITH_GAPS() != nullptr || clause->FIRST_ROW_WINS() != nullptr) {
      Once(table.reading != TableReading::kComplete, clause, "how the table is read");
      table.reading = clause->WITH_GAPS() != nullptr ? TableReading::kWithGaps : TableReading::kFirstRowWins;
    } else if (clause->inSettings() != nullptr) {
      Once(!table.in.empty(), clause, "the setting");
      table.clauses.in = SpanOf(clause);
      table.in = ReadQNames(clause->inSettings()->qualifiedName());
    } else if (clause->overrides() != nullptr) {
      table.overrides.push_back(ReadOverride(clause->overrides()));
    } else if (clause->because() != nullptr) {
      ReadBecause(clause->because(), table.notes);
    } else {
      ReadNote(clause->note(), table.notes);
    }
  }
  for (P::PartContext* part : tree->part()) table.parts.push_back(ReadPart(part));
  return table;
}

TablePart Builder::ReadPart(P::PartContext* tree) {
  TablePart part;
  part.span = SpanOf(tree);
  if (tree->forEach() != nullptr) part.for_each = ReadForEach(tree->forEach());
  for (P::InputHeadContext* head : tree->heading()->inputHead()) {
    InHead input{head->WHEN() != nullptr, {}, SpanOf(head)};
    if (head->operand() != nullptr) input.value = ReadOperand(head->operand());
    part.inputs.push_back(input);
  }
  for (P::OutputHeadContext* head : tree->heading()->outputHead()) {
    OutHead output;
    output.span = SpanOf(head);
    if (head->qualifiedName() != nullptr) {
      output.output = ReadQName(head->qualifiedName());
    } else {
      output.role = ReadName(head->name(0));
      output.action = ReadName(head->name(1));
    }
    part.outputs.push_back(std::move(output));
  }
  for (P::RowContext* row : tree->row()) part.rows.push_back(ReadRow(row));
  return part;
}

RowDecl Builder::ReadRow(P::RowContext* tree) {
  RowDecl row;
  row.name = ReadRowName(tree->rowName());
  row.notes = ReadNotes(tree->note());
  row.span = Cover(SpanOf(tree->ROW_START()), SpanOf(tree->ROW_END()));
  for (P::CellContext* cell : tree->cell()) row.cells.push_back(ReadCell(cell));
  for (P::ConclusionCellContext* cell : tree->conclusionCell()) row.conclusions.push_back(ReadConclusionCell(cell));
  return row;
}

Cell Builder::ReadCell(P::CellContext* tree) {
  Cell cell;
  cell.span = SpanOf(tree);
  if (tree->ANY() != nullptr || tree->OTHERWISE() != nullptr) {
    cell.kind = tree->ANY() != nullptr ? CellKind::kAny : CellKind::kOtherwise;
  } else if (tree->condition() != nullptr) {
    cell.test = ReadCondition(tree->condition());
  } else {
    cell.test = ReadCellTest(tree->comparisonTail(), tree->operand(), cell.span);
  }
  return cell;
}

// A test on the cell's column: the rest of a comparison, or else a range.
ExprId Builder::ReadCellTest(P::ComparisonTailContext* tail, const std::vector<P::OperandContext*>& range, Span span) {
  const ExprId column = PutLeaf(ExprKind::kColumn, span);
  if (tail != nullptr) return ReadTail(tail, column, span);
  const ExprId first = ReadOperand(range[0]);
  const ExprId last = ReadOperand(range[1]);
  return Put({.kind = ExprKind::kRange, .span = span, .args = {column, first, last}});
}

OutCell Builder::ReadConclusionCell(P::ConclusionCellContext* tree) {
  if (tree->SILENT() != nullptr) return {Silent{}, SpanOf(tree)};
  if (tree->modality() != nullptr) {
    return {DutyCell{ReadModality(tree->modality()), ReadArguments(tree->arguments())}, SpanOf(tree)};
  }
  P::ConclusionValueContext* value = tree->conclusionValue();
  if (value->judgement() != nullptr) return {ReadJudgement(value->judgement()), SpanOf(tree)};
  return {ReadOperand(value->operand()), SpanOf(tree)};
}

// ---- guarantees, examples and tests

GuaranteeDecl Builder::ReadGuarantee(P::GuaranteeContext* tree) {
  GuaranteeDecl guarantee;
  guarantee.name = ReadName(tree->name());
  if (tree->inSettings() != nullptr) {
    guarantee.in = ReadQNames(tree->inSettings()->qualifiedName());
    guarantee.clauses.in = SpanOf(tree->inSettings());
  }
  guarantee.never = tree->NEVER() != nullptr;
  guarantee.condition = ReadCondition(tree->condition());
  guarantee.notes = ReadNotes(tree->note());
  guarantee.span = SpanOf(tree);
  return guarantee;
}

void Builder::ReadSetup(const std::vector<P::SetupLineContext*>& trees, Setup& setup) {
  for (P::SetupLineContext* line : trees) {
    if (line->TODAY() != nullptr) {
      Once(setup.today.valid(), line, "`today`");
      if (line->DATE() != nullptr) {
        setup.today = PutLiteral(value::Value::OfDate(ReadDate(line->DATE())), SpanOf(line->DATE()));
      } else {
        const auto time = calendar::ParseDatetime(TextOf(line->DATETIME())).value_or(calendar::kFirstDatetime);
        setup.today = PutLiteral(value::Value::OfDatetime(time), SpanOf(line->DATETIME()));
      }
    }
    for (P::BindingContext* binding : line->binding()) {
      setup.given.push_back({ReadQName(binding->qualifiedName()), ReadFactValue(binding->factValue())});
    }
  }
}

ExampleDecl Builder::ReadExample(P::ExampleContext* tree) {
  ExampleDecl example;
  example.name = ReadName(tree->name());
  if (tree->likeExample() != nullptr) example.like = ReadName(tree->likeExample()->name());
  ReadSetup(tree->setupLine(), example.setup);
  example.span = SpanOf(tree);
  return example;
}

TestDecl Builder::ReadTest(P::TestContext* tree) {
  TestDecl test;
  test.name = ReadString(tree->STRING());
  test.name_span = SpanOf(tree->STRING());
  if (tree->likeExample() != nullptr) test.like = ReadName(tree->likeExample()->name());
  ReadSetup(tree->setupLine(), test.setup);
  test.span = SpanOf(tree);
  for (P::ExpectLineContext* line : tree->expectLine()) {
    for (P::ExpectationContext* expectation : line->expectation()) test.expect.push_back(ReadExpectation(expectation));
  }
  return test;
}

std::vector<Path> Builder::ReadNeeds(P::NeedsContext* tree) const {
  std::vector<Path> paths;
  if (tree == nullptr) return paths;
  for (P::PathContext* path : tree->path()) {
    std::string text;
    for (std::size_t i = path->getStart()->getTokenIndex(); i <= path->getStop()->getTokenIndex(); ++i) {
      text += reporter_.text(chunk_->tokens[i]);
    }
    paths.push_back({std::move(text), SpanOf(path)});
  }
  return paths;
}

Expectation Builder::ReadExpectation(P::ExpectationContext* tree) {
  if (tree->dutyExpectation() != nullptr) return ReadDutyExpectation(tree->dutyExpectation());
  P::OutputExpectationContext* expected = tree->outputExpectation();
  OutputExpectation result;
  result.output = ReadQName(expected->qualifiedName(0));
  if (expected->IS_PROVISIONALLY() != nullptr) {
    const bool judged = expected->JUDGEMENT() != nullptr;
    result.status = judged ? ExpectedStatus::kProvisionalJudgement : ExpectedStatus::kProvisionally;
  }
  if (expected->IS_UNKNOWN() != nullptr) result.status = ExpectedStatus::kUnknown;
  if (expected->IS_JUDGEMENT() != nullptr) result.status = ExpectedStatus::kJudgement;
  if (expected->IS_NOT_COVERED() != nullptr) result.status = ExpectedStatus::kNotCovered;
  if (expected->IS_CONFLICT() != nullptr) result.status = ExpectedStatus::kConflict;
  if (expected->operand() != nullptr) result.value = ReadOperand(expected->operand());
  result.needs = ReadNeeds(expected->needs());
  result.because = ReadQNames(expected->qualifiedName(), 1);
  result.span = SpanOf(expected);
  return result;
}

CasesDecl Builder::ReadCases(P::CasesContext* tree) {
  CasesDecl cases;
  cases.name = ReadName(tree->name());
  cases.span = SpanOf(tree);
  for (P::LikeExampleContext* like : tree->likeExample()) {
    Once(cases.like.has_value(), like, "`like`");
    cases.like = ReadName(like->name());
  }
  for (P::ForOneContext* for_one : tree->forOne()) {
    Once(cases.for_one.has_value(), for_one, "`for one`");
    const Name list = ReadName(for_one->name(1));
    const ExprId id = Put({.kind = ExprKind::kName, .span = list.span, .name = {{list}, list.span}});
    cases.for_one = ForEach{ReadName(for_one->name(0)), id, SpanOf(for_one)};
  }
  ReadSetup(tree->setupLine(), cases.setup);
  ReadCasePart(tree->casePart(), cases);
  return cases;
}

void Builder::ReadCasePart(P::CasePartContext* tree, CasesDecl& cases) {
  for (P::CaseInputContext* input : tree->caseHeading()->caseInput()) {
    if (input->qualifiedName() != nullptr) {
      cases.inputs.push_back(ReadQName(input->qualifiedName()));
    } else {
      cases.inputs.push_back({{{"today", SpanOf(input)}}, SpanOf(input)});
    }
  }
  cases.outputs = ReadQNames(tree->caseHeading()->qualifiedName());
  for (P::CaseRowContext* row : tree->caseRow()) cases.rows.push_back(ReadCaseRow(row, cases.outputs));
}

CaseRow Builder::ReadCaseRow(P::CaseRowContext* tree, const std::vector<QName>& outputs) {
  CaseRow row;
  row.name = ReadRowName(tree->rowName());
  row.span = SpanOf(tree);
  for (P::FactValueContext* cell : tree->factValue()) row.given.push_back(ReadFactValue(cell));
  for (P::ExpectedCellContext* cell : tree->expectedCell()) {
    OutputExpectation expectation = ReadExpectedCell(cell);
    if (row.expect.size() < outputs.size()) expectation.output = outputs[row.expect.size()];
    row.expect.push_back(std::move(expectation));
  }
  return row;
}

OutputExpectation Builder::ReadExpectedCell(P::ExpectedCellContext* tree) {
  OutputExpectation result;
  result.span = SpanOf(tree);
  if (tree->SILENT() != nullptr) result.status = ExpectedStatus::kSilent;
  if (tree->UNKNOWN() != nullptr) result.status = ExpectedStatus::kUnknown;
  if (tree->JUDGEMENT() != nullptr) result.status = ExpectedStatus::kJudgement;
  if (tree->NOT_COVERED() != nullptr) result.status = ExpectedStatus::kNotCovered;
  if (tree->CONFLICT() != nullptr) result.status = ExpectedStatus::kConflict;
  if (tree->PROVISIONALLY() != nullptr) {
    const bool judged = tree->JUDGEMENT() != nullptr;
    result.status = judged ? ExpectedStatus::kProvisionalJudgement : ExpectedStatus::kProvisionally;
  }
  if (tree->operand() != nullptr) result.value = ReadOperand(tree->operand());
  return result;
}

}  // namespace cordon::syntax
