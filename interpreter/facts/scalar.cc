// Reads scalars from JSON; see scalar.h. Tested by tests/unit/facts_test.cc.
#include "facts/scalar.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "calendar/calendar.h"
#include "support/assert.h"
#include "support/text.h"

namespace cordon::facts {
namespace {

using diagnostics::Code;
using model::Type;
using model::TypeKind;
using value::Value;
using Scalar = std::variant<Cell, Fault>;

constexpr std::size_t kLongestShown = 60;  // bytes of a user's text in a message

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

Fault WrongType(const model::Policy& policy, const Type& type, const Node& node, std::string help) {
  return {Code::kWrongFactType, fmt::format("is {}, and it must be {}", Describe(node), DescribeType(policy, type)),
          std::move(help)};
}

// ---- numbers

struct NumberText {
  bool negative = false;
  std::string_view whole;
  std::string_view fraction;
  bool has_fraction = false;
  bool has_exponent = false;
};

// REQUIRES: `text` is a number of JSON.
NumberText Split(std::string_view text) {
  NumberText number;
  number.negative = text.front() == '-';
  if (number.negative) text.remove_prefix(1);
  number.has_exponent = text.find_first_of("eE") != std::string_view::npos;
  const std::size_t point = text.find('.');
  number.has_fraction = point != std::string_view::npos;
  number.whole = text.substr(0, point);
  if (number.has_fraction) number.fraction = text.substr(point + 1);
  return number;
}

// The digits as a number, or nothing where it is greater than `largest`.
std::optional<std::int64_t> ReadDigits(std::string_view digits, std::int64_t largest) {
  std::int64_t number = 0;
  for (const char c : digits) {
    number = number * 10 + (c - '0');
    if (number > largest) return std::nullopt;
  }
  return number;
}

Fault NumberOutOfRange(const Node& node) {
  return {Code::kFactOutOfRange, fmt::format("is {}, and numbers lie within ±10^15", Describe(node)), {}};
}

Scalar ReadInt(const model::Policy& policy, const Type& type, const Node& node) {
  if (node.kind != NodeKind::kNumber) {
    return WrongType(policy, type, node, node.kind == NodeKind::kText ? "write a number without quotes" : "");
  }
  const NumberText number = Split(node.text);
  if (number.has_fraction || number.has_exponent) {
    return WrongType(policy, type, node, "write it without a point and without an exponent");
  }
  const auto magnitude = ReadDigits(number.whole, value::kLargestNumber);
  if (!magnitude) return NumberOutOfRange(node);
  return Cell::Known(Value::Int(number.negative ? -*magnitude : *magnitude));
}

Scalar ReadDecimal(const model::Policy& policy, const Type& type, const Node& node) {
  if (node.kind != NodeKind::kNumber) {
    return WrongType(policy, type, node, node.kind == NodeKind::kText ? "write a number without quotes" : "");
  }
  const NumberText number = Split(node.text);
  if (number.has_exponent) return WrongType(policy, type, node, "write it out, without an exponent");
  if (number.fraction.size() > 3) {
    return Fault{Code::kFactOutOfRange,
                 fmt::format("is {}, and a decimal number has at most three digits after the point", Describe(node)),
                 "round it as the guideline says, and give what is left"};
  }
  const auto whole = ReadDigits(number.whole, value::kLargestNumber);
  if (!whole) return NumberOutOfRange(node);
  std::string fraction(number.fraction);
  fraction.resize(3, '0');
  const std::int64_t thousandths = *whole * value::kDecimalScale + *ReadDigits(fraction, 999);
  if (thousandths > value::kLargestNumber * value::kDecimalScale) return NumberOutOfRange(node);
  return Cell::Known(Value::Decimal(number.negative ? -thousandths : thousandths));
}

// ---- dates and times

// The shape of a text: digits as `0`, all else as it stands.
std::string Shape(std::string_view text) {
  std::string shape(text);
  for (char& c : shape) {
    if (IsDigit(c)) c = '0';
  }
  return shape;
}

// Whether every part of an imprecise date is spelt as one, whatever it says.
bool IsSpeltAsDate(std::string_view text, bool with_time) {
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) {
    const std::string_view right = text.substr(slash + 1);
    if (right.find('/') != std::string_view::npos) return false;
    const bool open = text.substr(0, slash) == ".." && right == "..";
    return !open && IsSpeltAsDate(text.substr(0, slash), with_time) && IsSpeltAsDate(right, with_time);
  }
  const std::string shape = Shape(text);
  if (shape == "0000-00-00" || shape == "0000-00" || shape == "0000" || shape == "..") return true;
  return with_time && shape == "0000-00-00T00:00";
}

// What is wrong with a text that is spelt as a date and is none.
Fault NoSuchDate(const Node& node) {
  const std::string_view text = node.text;
  const std::size_t slash = text.find('/');
  for (const std::string_view side :
       {text.substr(0, slash), slash == std::string_view::npos ? text : text.substr(slash + 1)}) {
    if (side == "..") continue;
    if (side.substr(0, 4) < "1901" || side.substr(0, 4) > "2099") {
      return {Code::kFactOutOfRange,
              fmt::format("is {}, and dates lie within 1901-01-01 to 2099-12-31", Describe(node)),
              {}};
    }
    if (!calendar::ParseDatetimeRange(side)) {
      return {Code::kNoSuchDay,
              fmt::format("is {}, and there is no such {}", Describe(node), side.size() > 10 ? "time" : "date"),
              "write year, month and day, as in `2025-03-01`"};
    }
  }
  return {Code::kNoSuchDay, fmt::format("is {}, and it ends before it begins", Describe(node)),
          "the earlier date stands before the `/`"};
}

std::string DateHelp(const Node& node, bool with_time) {
  if (node.kind != NodeKind::kText)
    return "a date is a text: \"2025-03-01\"; an imprecise one \"2025-03\", \"2025\" or \"2024-06/2024-09\"";
  const std::string shape = Shape(node.text);
  if (!with_time && shape.substr(0, 11) == "0000-00-00T") return "give the day only, as in `2025-03-01`";
  if (shape.substr(0, 16) == "0000-00-00T00:00")
    return "times are whole minutes of the clock on the wall, without seconds and without a zone: `2025-03-01T14:30`";
  if (shape.substr(0, 16) == "0000-00-00 00:00")
    return "write `T` between the day and the time, as in `2025-03-01T14:30`";
  return with_time
             ? "write it as in `2025-03-01T14:30`; an imprecise one as in `2025-03-01`, `2025-03` or `2024-06/2024-09`"
             : "write it as in `2025-03-01`; an imprecise one as in `2025-03`, `2025` or `2024-06/2024-09`";
}

Scalar ReadDate(const model::Policy& policy, const Type& type, const Node& node) {
  const bool with_time = type.kind == TypeKind::kDatetime;
  if (node.kind != NodeKind::kText) return WrongType(policy, type, node, DateHelp(node, with_time));
  Cell cell;
  cell.state = CellState::kRange;
  if (with_time) {
    if (const auto range = calendar::ParseDatetimeRange(node.text)) {
      if (range->first == range->last) return Cell::Known(Value::OfDatetime(range->first));
      cell.first = range->first.minutes;
      cell.last = range->last.minutes;
      return cell;
    }
  } else if (const auto range = calendar::ParseDateRange(node.text)) {
    if (range->first == range->last) return Cell::Known(Value::OfDate(range->first));
    cell.first = range->first.days;
    cell.last = range->last.days;
    return cell;
  }
  if (IsSpeltAsDate(node.text, with_time)) return NoSuchDate(node);
  return WrongType(policy, type, node, DateHelp(node, with_time));
}

// ---- lengths of time

struct Unit {
  std::string_view name;
  std::int64_t minutes;
  std::int64_t months;
};
constexpr std::array<Unit, 6> kUnits = {{{"minute", 1, 0},
                                         {"hour", 60, 0},
                                         {"day", calendar::kMinutesPerDay, 0},
                                         {"week", 7 * calendar::kMinutesPerDay, 0},
                                         {"month", 0, 1},
                                         {"year", 0, 12}}};

Scalar ReadDuration(const model::Policy& policy, const Type& type, const Node& node) {
  const bool is_calendar = type.kind == TypeKind::kPeriod;
  const std::string help =
      is_calendar ? "write it as in `6 months` or `1 year`" : "write it as in `36 hours` or `7 days`";
  if (node.kind != NodeKind::kText) return WrongType(policy, type, node, help);
  const std::string_view text = node.text;
  std::size_t at = 0;
  while (at < text.size() && IsDigit(text[at])) ++at;
  if (at == 0 || at + 1 >= text.size() || text[at] != ' ') return WrongType(policy, type, node, help);
  std::string_view unit_name = text.substr(at + 1);
  if (unit_name.size() > 1 && unit_name.back() == 's') unit_name.remove_suffix(1);
  for (const Unit& unit : kUnits) {
    if (unit.name != unit_name || (unit.months != 0) != is_calendar) continue;
    const std::int64_t factor = is_calendar ? unit.months : unit.minutes;
    const auto count = ReadDigits(text.substr(0, at), value::kLargestNumber / factor);
    if (!count) return NumberOutOfRange(node);
    return Cell::Known(is_calendar ? Value::Months(*count * factor) : Value::Duration(*count * factor));
  }
  return WrongType(policy, type, node, help);
}

Scalar ReadBool(const model::Policy& policy, const Type& type, const Node& node) {
  if (node.kind == NodeKind::kBool) return Cell::Known(Value::Bool(node.truth));
  std::string help = "write `true` or `false`, or `null` where it was sought and not learnt";
  if (node.text == "yes" || node.text == "true") help = "write `true`, without quotes";
  if (node.text == "no" || node.text == "false") help = "write `false`, without quotes";
  if (node.text == "unknown")
    help = "write `null` where it was sought and not learnt; leave it out where it was not asked";
  return WrongType(policy, type, node, std::move(help));
}

Scalar ReadKnownType(const model::Policy& policy, const Type& type, const Node& node) {
  switch (type.kind) {
    case TypeKind::kBool:
      return ReadBool(policy, type, node);
    case TypeKind::kInt:
      return ReadInt(policy, type, node);
    case TypeKind::kDecimal:
      return ReadDecimal(policy, type, node);
    case TypeKind::kText:
      if (node.kind == NodeKind::kText) return Cell::Known(Value::Text(node.text));
      return WrongType(policy, type, node, "write it in double quotes");
    case TypeKind::kDate:
    case TypeKind::kDatetime:
      return ReadDate(policy, type, node);
    case TypeKind::kDuration:
    case TypeKind::kPeriod:
      return ReadDuration(policy, type, node);
    case TypeKind::kCategory:
      if (node.kind == NodeKind::kText) return ReadSymbol(policy.categories[type.category.index], node.text);
      return WrongType(policy, type, node, "a symbol is a text, in double quotes");
    case TypeKind::kRecord:
    case TypeKind::kList:
    case TypeKind::kGroup:
      break;
  }
  CORDON_ASSERT(false);
}

Cell SymbolCell(const model::CategoryNode& found) {
  if (found.end_leaf - found.first_leaf == 1) return Cell::Known(Value::Symbol(found.first_leaf));
  Cell cell;
  cell.state = CellState::kSymbols;
  cell.first_leaf = found.first_leaf;
  cell.end_leaf = found.end_leaf;
  return cell;
}

}  // namespace

std::variant<Cell, Fault> ReadSymbol(const model::Category& category, std::string_view name) {
  std::vector<const model::CategoryNode*> found;
  std::vector<std::string> names;
  for (const model::CategoryNode& node : category.nodes) {
    if (node.path == name) return SymbolCell(node);
    if (node.name == name) found.push_back(&node);
    names.push_back(node.name);
    if (node.path != node.name) names.push_back(node.path);
  }
  if (found.size() == 1) return SymbolCell(*found.front());
  const std::string shown(name.substr(0, kLongestShown));
  if (found.size() > 1) {
    std::vector<std::string> paths;
    for (const model::CategoryNode* node : found) paths.push_back(fmt::format("`{}`", node->path));
    return Fault{Code::kNotInCategory, fmt::format("is `{}`, and `{}` has several of that name", shown, category.name),
                 "write which: " + support::JoinWords(paths, "or")};
  }
  std::string help;
  if (const auto nearest = support::FindNearest(name, names)) {
    help = fmt::format("did you mean `{}`?", *nearest);
  } else if (category.leaves.size() <= 12) {
    std::vector<std::string> paths;
    for (const std::size_t leaf : category.leaves) paths.push_back(fmt::format("`{}`", category.nodes[leaf].path));
    help = "it has " + support::JoinWords(paths, "and");
  } else {
    std::vector<std::string> roots;
    for (const model::CategoryNode& node : category.nodes) {
      if (node.path == node.name) roots.push_back(fmt::format("`{}`", node.name));
    }
    if (roots.size() <= 12) help = fmt::format("it has {}, and what lies below them", support::JoinWords(roots, "and"));
  }
  return Fault{Code::kNotInCategory, fmt::format("is `{}`, and `{}` has no such symbol", shown, category.name),
               std::move(help)};
}

std::variant<Cell, Fault> ReadScalar(const model::Policy& policy, const model::Type& type, const Node& node) {
  Scalar scalar = Cell{};
  if (node.kind == NodeKind::kNull) {
    std::get<Cell>(scalar).state = CellState::kNull;
  } else if (type.or_none && node.kind == NodeKind::kText && node.text == "none") {
    scalar = Cell::Known(Value::None());
  } else {
    scalar = ReadKnownType(policy, type, node);
    Fault* fault = std::get_if<Fault>(&scalar);
    if (fault != nullptr && type.or_none && fault->help.empty()) fault->help = "where there is none, write \"none\"";
  }
  if (Cell* cell = std::get_if<Cell>(&scalar)) cell->span = node.span;
  return scalar;
}

std::string Describe(const Node& node) {
  switch (node.kind) {
    case NodeKind::kNull:
      return "`null`";
    case NodeKind::kBool:
      return node.truth ? "`true`" : "`false`";
    case NodeKind::kNumber:
      return fmt::format("the number `{}`",
                         node.text.size() > kLongestShown ? node.text.substr(0, kLongestShown) + "…" : node.text);
    case NodeKind::kText: {
      if (node.text.size() <= kLongestShown) return fmt::format("the text `{}`", node.text);
      std::string shown = node.text.substr(0, kLongestShown);
      while (support::FindInvalidUtf8(shown)) shown.pop_back();
      return fmt::format("the text `{}…`", shown);
    }
    case NodeKind::kArray:
      return "a list";
    case NodeKind::kObject:
      return "an object";
  }
  return {};
}

std::string DescribeType(const model::Policy& policy, const model::Type& type) {
  const std::string or_none = type.or_none ? ", or \"none\"" : "";
  switch (type.kind) {
    case TypeKind::kBool:
      return "`true` or `false`" + or_none;
    case TypeKind::kInt:
      return "a whole number" + or_none;
    case TypeKind::kDecimal:
      return "a decimal number" + or_none;
    case TypeKind::kText:
      return "a text" + or_none;
    case TypeKind::kDate:
      return "a date" + or_none;
    case TypeKind::kDatetime:
      return "a date with a time of day" + or_none;
    case TypeKind::kDuration:
      return "a length of time" + or_none;
    case TypeKind::kPeriod:
      return "a number of months or years" + or_none;
    case TypeKind::kCategory:
      return fmt::format("a symbol of `{}`{}", policy.categories[type.category.index].name, or_none);
    case TypeKind::kRecord:
      return fmt::format("an object with the fields of `{}`", policy.records[type.record.index].name);
    case TypeKind::kList:
      return "a list, `[ … ]`";
    case TypeKind::kGroup:
      return "a group";
  }
  return {};
}

}  // namespace cordon::facts
