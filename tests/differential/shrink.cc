// Makes cases small; see shrink.h.
#include "shrink.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cordon::testing {
namespace {

using facts::Cell;
using facts::CellState;
using facts::Subject;
using model::Type;
using model::TypeKind;

class Shrinking {
 public:
  Shrinking(const model::Policy& policy, Subject subject, const std::function<bool(const Subject&)>& still)
      : policy_(policy), subject_(std::move(subject)), still_(still) {}

  // Each step makes the subject plainer in the order of Plainness, so that this ends.
  Subject Run() {
    do {
      changed_ = false;
      for (std::size_t i = 0; i < policy_.facts.size(); ++i) ShrinkCell({i}, policy_.facts[i].type);
      if (subject_.as_of.time) Try([](Subject& s) { s.as_of.time.reset(); });
      if (!subject_.id.empty()) Try([](Subject& s) { s.id.clear(); });
    } while (changed_);
    return std::move(subject_);
  }

 private:
  using Path = std::vector<std::size_t>;  // a fact, then children

  static Cell& At(Subject& subject, const Path& path) {
    Cell* cell = &subject.facts[path[0]];
    for (std::size_t i = 1; i < path.size(); ++i) cell = &cell->children[path[i]];
    return *cell;
  }

  template <typename Change>
  bool Try(const Change& change) {
    Subject changed = subject_;
    change(changed);
    if (!still_(changed)) return false;
    subject_ = std::move(changed);
    changed_ = true;
    return true;
  }
  bool TryCell(const Path& path, const Cell& cell) {
    return Try([&](Subject& s) { At(s, path) = cell; });
  }

  static Path Below(Path path, std::size_t child) {
    path.push_back(child);
    return path;
  }

  void ShrinkCell(const Path& path, const Type& type) {
    const Cell cell = At(subject_, path);
    const bool element = path.size() > 1 && ParentIsList(path);
    if (cell.state == CellState::kAbsent) return;
    if (!element && TryCell(path, Cell{})) return;
    switch (cell.state) {
      case CellState::kList:
        ShrinkList(path, type);
        return;
      case CellState::kRecord:
        for (std::size_t i = 0; i < cell.children.size(); ++i)
          ShrinkCell(Below(path, i), policy_.records[type.record.index].fields[i].type);
        return;
      case CellState::kNull:
      case CellState::kRange:
      case CellState::kSymbols:
        if (type.kind != TypeKind::kRecord && type.kind != TypeKind::kList) MakeExact(path, type);
        return;
      case CellState::kKnown:
        MakePlain(path, cell.value);
        return;
      case CellState::kAbsent:
        return;
    }
  }

  bool ParentIsList(const Path& path) {
    return At(subject_, Path(path.begin(), path.end() - 1)).state == CellState::kList;
  }

  void ShrinkList(const Path& path, const Type& type) {
    for (std::size_t i = At(subject_, path).children.size(); i-- > 0;) {
      const bool taken = Try([&](Subject& s) {
        auto& children = At(s, path).children;
        children.erase(children.begin() + static_cast<std::ptrdiff_t>(i));
      });
      if (!taken) ShrinkCell(Below(path, i), ElementType(type));
    }
    if (At(subject_, path).open) Try([&](Subject& s) { At(s, path).open = false; });
  }

  void MakeExact(const Path& path, const Type& type) {
    const Cell cell = At(subject_, path);
    for (const value::Value& value : Exact(cell, type)) {
      if (TryCell(path, Cell::Known(value))) return;
    }
  }

  // Exact values to put in the place of what is not.
  std::vector<value::Value> Exact(const Cell& cell, const Type& type) const {
    const bool range = cell.state == CellState::kRange;
    const std::int64_t day = subject_.as_of.date.days;
    switch (type.kind) {
      case TypeKind::kBool:
        return {value::Value::Bool(false), value::Value::Bool(true)};
      case TypeKind::kInt:
        return {value::Value::Int(0)};
      case TypeKind::kDecimal:
        return {value::Value::Decimal(0)};
      case TypeKind::kDuration:
      case TypeKind::kPeriod:
        return {value::Value::Duration(0)};
      case TypeKind::kText:
        return {value::Value::Text("")};
      case TypeKind::kDate:
        return {value::Value::OfDate({range ? cell.first : day}), value::Value::OfDate({range ? cell.last : day})};
      case TypeKind::kDatetime:
        return {value::Value::OfDatetime({range ? cell.first : day * calendar::kMinutesPerDay}),
                value::Value::OfDatetime({range ? cell.last : day * calendar::kMinutesPerDay})};
      case TypeKind::kCategory: {
        const bool some = cell.state == CellState::kSymbols;
        return {value::Value::Symbol(some ? cell.first_leaf : 0)};
      }
      case TypeKind::kRecord:
      case TypeKind::kList:
      case TypeKind::kGroup:
        break;
    }
    return {};
  }

  void MakePlain(const Path& path, const value::Value& value) {
    for (value::Value& plainer : Plainer(value)) {
      if (TryCell(path, Cell::Known(std::move(plainer)))) return;
    }
  }

  // Each lies nearer to the plainest of its kind: no, 0, the first symbol, the as-of day at midnight.
  std::vector<value::Value> Plainer(const value::Value& value) const {
    const std::int64_t day = subject_.as_of.date.days;
    const std::int64_t midnight = day * calendar::kMinutesPerDay;
    std::vector<value::Value> plainer;
    const auto toward = [&](std::int64_t to) {
      const std::int64_t away = value.number - to;
      for (const std::int64_t left : {std::int64_t{0}, away / 2, away - (away > 0 ? 1 : -1)}) {
        if (away == 0) return;
        plainer.push_back(value);
        plainer.back().number = to + left;
      }
    };
    switch (value.kind) {
      case value::Kind::kDate:
        toward(day);
        break;
      case value::Kind::kDatetime:
        toward(midnight);
        break;
      case value::Kind::kText:
        if (!value.text.empty()) plainer.push_back(value::Value::Text(""));
        break;
      case value::Kind::kSymbol:
        if (value.number > 0) plainer.push_back(value::Value::Symbol(0));
        break;
      case value::Kind::kBool:
      case value::Kind::kInt:
      case value::Kind::kDecimal:
      case value::Kind::kDuration:
      case value::Kind::kPeriod:
        toward(0);
        break;
      case value::Kind::kNone:
        break;
    }
    return plainer;
  }

  const model::Policy& policy_;
  Subject subject_;
  const std::function<bool(const Subject&)>& still_;
  bool changed_ = false;
};

// `text` cut where `separator` stands, which stays with what is before it.
std::vector<std::string> Cut(const std::string& text, const std::string& separator) {
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find(separator, at);
    end = end == std::string::npos ? text.size() : end + separator.size();
    pieces.push_back(text.substr(at, end - at));
    at = end;
  }
  return pieces;
}

std::string Joined(const std::vector<std::string>& pieces, std::size_t first, std::size_t last) {
  std::string text;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i < first || i >= last) text += pieces[i];
  }
  return text;
}

// Whether anything could be left out.
bool LeaveOut(std::string& text, const std::string& separator, const std::function<bool(const std::string&)>& still) {
  bool any = false;
  std::vector<std::string> pieces = Cut(text, separator);
  for (std::size_t size = std::max<std::size_t>(pieces.size() / 2, 1); size > 0; size /= 2) {
    for (std::size_t at = 0; at < pieces.size();) {
      const std::size_t end = std::min(at + size, pieces.size());
      const std::string shorter = Joined(pieces, at, end);
      if (still(shorter)) {
        pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(at),
                     pieces.begin() + static_cast<std::ptrdiff_t>(end));
        text = shorter;
        any = true;
      } else {
        at += size;
      }
    }
  }
  return any;
}

}  // namespace

Subject ShrinkSubject(const model::Policy& policy, Subject subject, const std::function<bool(const Subject&)>& still) {
  return Shrinking(policy, std::move(subject), still).Run();
}

std::string ShrinkText(std::string text, const std::function<bool(const std::string&)>& still) {
  bool any = true;
  while (any) {
    any = LeaveOut(text, "\n\n", still);
    any = LeaveOut(text, "\n", still) || any;
  }
  return text;
}

}  // namespace cordon::testing
