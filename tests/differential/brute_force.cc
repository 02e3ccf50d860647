// Enumerates completions; see brute_force.h.
#include "brute_force.h"

#include "evaluate/reads.h"
#include "evaluate/search.h"
#include "evaluate/settle.h"

namespace cordon::testing {
namespace {

using facts::Cell;
using facts::CellState;
using model::Type;
using model::TypeKind;

// A completed cell, and what its unknowns became.
struct Choice {
  Cell cell;
  std::vector<std::string> values;
};

std::string Show(const Cell& cell) {
  if (cell.state == CellState::kKnown) return std::to_string(cell.value.number) + cell.value.text;
  std::string text = "(";
  for (const Cell& child : cell.children) text += Show(child) + ",";
  return text + ")";
}

class Enumerator {
 public:
  Enumerator(const model::Policy& policy, const model::Moment& as_of, const Bounds& bounds)
      : policy_(policy), as_of_(as_of), bounds_(bounds), reads_facts_(evaluate::ExprsThatReadFacts(policy)) {}

  std::vector<Choice> Choices(const Cell& cell, const Type& type, const std::string& path,
                              std::vector<std::string>& paths) {
    if (cell.state == CellState::kKnown) return {{cell, {}}};
    if (cell.state == CellState::kRecord) return Records(cell, type, path, paths);
    if (cell.state == CellState::kList) return Lists(cell, type, path, paths);
    paths.push_back(path);
    std::vector<Choice> choices;
    for (Cell& whole : Values(cell, type)) {
      std::string shown = Show(whole);
      choices.push_back({std::move(whole), {std::move(shown)}});
    }
    return choices;
  }

 private:
  std::vector<Cell> Values(const Cell& cell, const Type& type) {
    std::vector<Cell> values;
    const bool is_range = cell.state == CellState::kRange;
    switch (type.kind) {
      case TypeKind::kBool:
        return {Cell::Known(value::Value::Bool(false)), Cell::Known(value::Value::Bool(true))};
      case TypeKind::kCategory: {
        const bool some = cell.state == CellState::kSymbols;
        const std::size_t end = some ? cell.end_leaf : policy_.categories[type.category.index].leaves.size();
        for (std::size_t leaf = some ? cell.first_leaf : 0; leaf < end; ++leaf)
          values.push_back(Cell::Known(value::Value::Symbol(leaf)));
        return values;
      }
      case TypeKind::kDate:
        for (std::int64_t d = is_range ? cell.first : bounds_.first.days;
             d <= (is_range ? cell.last : bounds_.last.days); ++d) {
          values.push_back(Cell::Known(value::Value::OfDate({d})));
        }
        return values;
      case TypeKind::kInt:  // given as a range
        for (std::int64_t n = cell.first; is_range && n <= cell.last; ++n)
          values.push_back(Cell::Known(value::Value::Int(n)));
        return values;
      case TypeKind::kRecord: {
        Cell record;
        record.state = CellState::kRecord;
        record.children.resize(policy_.records[type.record.index].fields.size());
        std::vector<std::string> ignored;
        for (Choice& choice : Records(record, type, "", ignored)) values.push_back(std::move(choice.cell));
        return values;
      }
      case TypeKind::kList: {
        Cell open;
        open.state = CellState::kList;
        open.open = true;
        std::vector<std::string> ignored;
        for (Choice& choice : Lists(open, type, "", ignored)) values.push_back(std::move(choice.cell));
        return values;
      }
      default:
        return values;
    }
  }

  // Every way to put one choice of each into a row.
  static std::vector<std::vector<Choice>> Product(const std::vector<std::vector<Choice>>& columns) {
    std::vector<std::vector<Choice>> rows{{}};
    for (const auto& column : columns) {
      std::vector<std::vector<Choice>> longer;
      for (const auto& row : rows) {
        for (const Choice& choice : column) {
          longer.push_back(row);
          longer.back().push_back(choice);
        }
      }
      rows = std::move(longer);
    }
    return rows;
  }

  std::vector<Choice> Records(const Cell& cell, const Type& type, const std::string& path,
                              std::vector<std::string>& paths) {
    const model::Record& record = policy_.records[type.record.index];
    std::vector<std::vector<Choice>> columns;
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      if (record.fields[i].derived.valid()) {
        columns.push_back({{Cell{}, {}}});
        continue;
      }
      columns.push_back(Choices(cell.children[i], record.fields[i].type, path + "." + record.fields[i].name, paths));
    }
    std::vector<Choice> choices;
    for (auto& row : Product(columns)) {
      Choice choice{cell, {}};
      for (std::size_t i = 0; i < row.size(); ++i) {
        choice.cell.children[i] = row[i].cell;
        choice.values.insert(choice.values.end(), row[i].values.begin(), row[i].values.end());
      }
      if (Satisfies(choice.cell, type)) choices.push_back(std::move(choice));
    }
    return choices;
  }

  bool Satisfies(const Cell& cell, const Type& type) const {
    evaluate::World world;
    evaluate::MakeCell(policy_, cell, type, world);
    const evaluate::DutyTable none;
    const evaluate::Context context{policy_, model::ProtocolId(0), as_of_, none, reads_facts_};
    std::vector<evaluate::View> views{{{}, evaluate::MakeNow(policy_, as_of_, world)}};
    evaluate::Left left;
    return evaluate::SettleObligations(context, views, world, &left);
  }

  std::vector<Choice> Lists(const Cell& cell, const Type& type, const std::string& path,
                            std::vector<std::string>& paths) {
    std::vector<std::vector<Choice>> columns;
    for (std::size_t i = 0; i < cell.children.size(); ++i) {
      columns.push_back(Choices(cell.children[i], ElementType(type), path + "[" + std::to_string(i + 1) + "]", paths));
    }
    std::vector<std::vector<Cell>> furthers{{}};
    if (cell.open) {
      paths.push_back(path);
      furthers = Multisets(Values(Cell{}, ElementType(type)));
    }
    std::vector<Choice> choices;
    for (const auto& row : Product(columns)) {
      for (const auto& further : furthers) {
        Choice choice{cell, {}};
        choice.cell.open = false;
        for (std::size_t i = 0; i < row.size(); ++i) {
          choice.cell.children[i] = row[i].cell;
          choice.values.insert(choice.values.end(), row[i].values.begin(), row[i].values.end());
        }
        choice.cell.children.insert(choice.cell.children.end(), further.begin(), further.end());
        if (cell.open) {
          std::string shown;
          for (const Cell& element : further) shown += Show(element);
          choice.values.push_back(shown);
        }
        choices.push_back(std::move(choice));
      }
    }
    return choices;
  }

  std::vector<std::vector<Cell>> Multisets(const std::vector<Cell>& elements) const {
    std::vector<std::vector<Cell>> all{{}};
    for (const Cell& element : elements) {
      std::vector<std::vector<Cell>> more;
      for (const auto& multiset : all) {
        for (std::size_t n = 0; n <= bounds_.most_alike; ++n) {
          more.push_back(multiset);
          more.back().insert(more.back().end(), n, element);
        }
      }
      all = std::move(more);
    }
    return all;
  }

  const model::Policy& policy_;
  const model::Moment& as_of_;
  const Bounds& bounds_;
  std::vector<bool> reads_facts_;
};

}  // namespace

AllCompletions Complete(const model::Policy& policy, const facts::Subject& subject, const Bounds& bounds,
                        std::size_t most) {
  AllCompletions completions;
  Enumerator enumerator(policy, subject.as_of, bounds);
  completions.all.push_back({subject, {}});
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    const model::Fact& fact = policy.facts[i];
    const bool undecided = fact.is_decision && subject.facts[i].state != CellState::kKnown;
    if (undecided) continue;
    const auto choices = enumerator.Choices(subject.facts[i], fact.type, fact.name, completions.paths);
    if (completions.all.size() * choices.size() > most) return {{}, {}, true};
    std::vector<Completed> longer;
    for (const Completed& partial : completions.all) {
      for (const Choice& choice : choices) {
        longer.push_back(partial);
        longer.back().subject.facts[i] = choice.cell;
        longer.back().values.insert(longer.back().values.end(), choice.values.begin(), choice.values.end());
      }
    }
    completions.all = std::move(longer);
  }
  return completions;
}

}  // namespace cordon::testing
